#!/bin/bash
# Asks Kubo which names each of ignore-rules.txt leaves out: ignore.sh IPFS > ignore.tsv
# A row is a rule, a tab, and the names that are left out, a slash after each.
set -eu
ipfs=$(realpath "$1")
rules=$(realpath "$(dirname "$0")/ignore-rules.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export IPFS_PATH=$work/repo IPFS_TELEMETRY=off LC_ALL=C.UTF-8
"$ipfs" init --profile=test,unixfs-v1-2025 > /dev/null
mkdir "$work/names"
cd "$work/names"
names=(a.js b.jsx foo foo.bak 'c?d' cXd 'a[b]' 'axb' '{js,css}' 'v.{js,css}' zed~ '#h' '!b' b 'sp ace' 'trail ' trail
    Bin bin é.txt 'back\slash' '\zgit' '\.git' 'x.*' x.y '*star' star - a^b aab '$dollar' 'caret^' ']x' build sub notes.txt)
declare -A name_of
for name in "${names[@]}"; do
    printf '%s' "$name" > "$name"
    name_of[$("$ipfs" add -n -Q "./$name")]=$name
done
while IFS= read -r rule; do
    declare -A left=()
    while read -r _ cid _; do left[$cid]=1; done < <("$ipfs" add -n -r --progress=false "--ignore=$rule" .)
    printf '%s\t' "$rule"
    for name in "${names[@]}"; do
        for cid in "${!name_of[@]}"; do
            if [ "${name_of[$cid]}" = "$name" ] && [ -z "${left[$cid]-}" ]; then printf '%s/' "$name"; fi
        done
    done
    printf '\n'
done < "$rules"
