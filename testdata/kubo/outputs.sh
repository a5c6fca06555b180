#!/bin/bash
# Writes outputs/*.txt: what Kubo prints for typical commands. See README.md.
# usage: testdata/kubo/outputs.sh IPFS_BINARY
set -eu
export LC_ALL=C.UTF-8 TZ=UTC IPFS_TELEMETRY=off
umask 022

ipfs=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=$(cd "$(dirname "$0")" && pwd)/outputs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/bin" "$work/in"
ln -s "$ipfs" "$work/bin/ipfs"
PATH="$work/bin:$PATH"
export IPFS_PATH="$work/repo"
ipfs init --profile=test,unixfs-v1-2025 >"$work/init.txt"
cd "$work/in"

scrub() {
    sed -e "s|$work|WORK|g" -e '/\tERROR\t/d' -e 's|folder/[0-9][0-9]*|folder/NUMBER|' -e 's|12D3KooW[A-Za-z0-9]*|PEER|g'
}

# Runs one command line and prints it, its output, its errors after `2> ` and its exit code when that isn't 0.
run() {
    echo "\$ $1" | scrub
    local code=0
    timeout 10 bash -c "$1" >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
    scrub <"$work/stdout"
    if [ -s "$work/stdout" ] && [ -n "$(tail -c 1 "$work/stdout")" ]; then
        echo
        echo '[no newline at the end]'
    fi
    # The usage text that follows an error about arguments is left out.
    scrub <"$work/stderr" | sed -e '/^USAGE/,$d' | sed -e '/^$/d; s/^/2> /'
    ! grep -q '^USAGE' "$work/stderr" || echo '2> [usage]'
    [ $code = 0 ] || echo "[exit $code]"
    echo
}

note() {
    echo "# $*"
    echo
}

# The inputs.
printf 'hello world' >hello
: >empty
mkdir -p tree/sub/deeper tree/nothing
printf 'one\n' >tree/one.txt
printf 'two\n' >tree/sub/two.txt
printf 'three\n' >tree/sub/deeper/three.txt
printf 'hidden\n' >tree/.hidden
ln -s one.txt tree/link
ln -s missing tree/dangling
chmod 755 tree/one.txt
mkdir odd
printf 'a' >odd/$'line\nbreak'
printf 'b' >odd/$'bell\a'
printf 'c' >'odd/with space'
printf 'd' >odd/$'esc\e[31mred'
printf 'e' >'odd/ünïcode'
printf 'f' >odd/$'\xff\xfe'
printf 'g' >'odd/quote"back\slash'
head -c 3000000 /dev/zero >zeros
printf 'uaGVsbG8gd29ybGQ' >encoded
printf '{' >half
printf '{"Import":{"CidVersion":"x"}}' >wrong
find tree -exec touch -h -d '2024-03-01T00:00:00Z' {} +
touch -d '2024-02-03T04:05:06Z' tree/one.txt
touch -h -d '2023-01-02T03:04:05Z' tree/link
tree=$(ipfs add -rQ tree)
file=$(ipfs add -Q zeros)
hello=$(ipfs add -Q hello)
v0=$(ipfs add -Q --cid-version=0 --raw-leaves=false hello)
moded=$(ipfs add -rQ --raw-leaves=false --preserve-mode --preserve-mtime tree)
sharded=$(ipfs add -rQ --max-directory-links=2 tree)
odd=$(ipfs add -rQ odd)
missing=$(printf 'never stored' | ipfs add -nQ)
node=$(printf '{"a":[{"/":"%s"}],"b":1}' "$tree" | ipfs dag put)

{
note 'add: a file, a tree, and how much is said'
run 'ipfs add hello'
run 'ipfs add -q hello'
run 'ipfs add -Q hello'
run 'ipfs add --silent hello'
run 'ipfs add hello empty'
run 'ipfs add -q hello empty'
run 'ipfs add -Q hello empty'
run 'ipfs add tree'
run 'ipfs add -r tree'
run 'ipfs add -r tree/'
run 'ipfs add -r ./tree/sub'
run 'cd tree && ipfs add -r .'
run 'cd tree/sub && ipfs add -r ..'
run 'ipfs add -r tree hello'
run 'ipfs add -rq tree'
run 'ipfs add -rQ tree'
run 'ipfs add -r --hidden tree'
run 'ipfs add -r --empty-dirs=false tree'
run 'ipfs add -r --ignore="*.txt" tree'
run 'ipfs add -w hello'
run 'ipfs add -wq hello'
run 'ipfs add -wQ hello'
run 'ipfs add -w hello tree/one.txt'
run 'ipfs add -wr tree hello'
run 'ipfs add -w tree/one.txt tree/../tree/one.txt'
run 'ipfs add -rn tree/sub'
run 'ipfs add -r odd'
run 'printf abc | ipfs add'
run 'printf abc | ipfs add -q'
run 'printf abc | ipfs add -w'
run 'printf abc | ipfs add --stdin-name=abc.txt'
run 'printf abc | ipfs add -w --stdin-name=abc.txt'
run 'printf abc | ipfs add -w - hello'
run 'printf abc | ipfs add - '
run 'ipfs add </dev/null'
note 'add: JSON'
run 'ipfs add --enc=json hello'
run 'ipfs add --enc=json -r tree/sub'
run 'ipfs add --enc=json -q hello'
run 'ipfs add --enc=json -Q hello'
run 'ipfs add --enc=json -w hello'
run 'ipfs add --enc=json --progress zeros 2>/dev/null'
run 'ipfs add --enc=json --preserve-mode --preserve-mtime --raw-leaves=false tree/one.txt'
run 'ipfs add --enc=json -r odd'
run 'ipfs add --enc=xml hello'
run 'ipfs add --enc=text hello'
note 'add: bases of the printed CID'
run 'ipfs add -Q --cid-base=base32 hello'
run 'ipfs add -Q --cid-base=base36 hello'
run 'ipfs add -Q --cid-base=base58btc hello'
run 'ipfs add -Q --cid-base=base64url hello'
run 'ipfs add -Q --cid-version=0 --raw-leaves=false hello'
run 'ipfs add -Q --cid-version=0 --raw-leaves=false --cid-base=base32 hello'
run 'ipfs add -Q --cid-base=nonsense hello'
note 'add: what it refuses'
run 'ipfs add no-such-file'
run 'ipfs add hello no-such-file empty'
run 'ipfs add /dev/null'
run 'ipfs add -r --chunker=size-0 tree'
run 'ipfs add --chunker=nonsense hello'
run 'ipfs add --hash=nonsense hello'
run 'ipfs add --cid-version=0 --hash=sha2-512 hello'
run 'ipfs add --cid-version=2 hello'
run 'ipfs add --cid-version=x hello'
run 'ipfs add --inline --inline-limit=129 hello'
run 'ipfs add --preserve-mode hello'
run 'ipfs add --preserve-mode --raw-leaves hello'
run 'ipfs add --mtime-nsecs=5 hello'
run 'ipfs add --mtime=5 --mtime-nsecs=1000000000 --raw-leaves=false hello'
run 'ipfs add --mode=0644 --raw-leaves=false hello'
run 'ipfs add --mode=999 --raw-leaves=false hello'
run 'ipfs add -n --pin=true hello'
run 'ipfs add --pin-name hello'
run 'ipfs add --pin-name= hello'
run 'ipfs add --pin=false --pin-name=x hello'
run 'ipfs add --stdin-name=x hello'
run 'ipfs add --max-hamt-fanout=7 hello'
run 'ipfs add --max-file-links=0 hello'
run 'ipfs add --max-directory-links=-1 hello'
run 'ipfs add --ignore-rules-path=no-such-file -r tree'
run 'ipfs add --no-such-flag hello'
run 'ipfs add -Z hello'
run 'ipfs add --pin=maybe hello'
run 'ipfs add -q -Q --silent hello'
run 'mkdir loop && ln -s . loop/self && ipfs add -r --dereference-symlinks loop 2>&1 | head -c 300'
run 'ipfs add -r --dereference-symlinks tree'
run 'ipfs add tree/link'
run 'ipfs add --dereference-symlinks tree/link'
run 'ipfs add --dereference-args tree/link'
run 'ipfs add tree/dangling'
} >"$out/add.txt"

{
note 'ls: a directory, a file, a sharded directory, odd names'
run "ipfs ls $tree"
run "ipfs ls -v $tree"
run "ipfs ls -s $tree"
run "ipfs ls -s -v $tree"
run "ipfs ls --size=false $tree"
run "ipfs ls --resolve-type=false $tree"
run "ipfs ls --resolve-type=false --size=false $tree"
run "ipfs ls -l $tree"
run "ipfs ls -l -v $tree"
run "ipfs ls -l $moded"
run "ipfs ls -l -v $moded"
run "ipfs ls -l --size=false $moded"
run "ipfs ls $moded"
run "ipfs ls $sharded"
run "ipfs ls $tree/sub $tree/sub/deeper"
run "ipfs ls -v $tree/sub $tree/sub/deeper"
run "ipfs ls -s $tree/sub $tree/sub/deeper"
run "ipfs ls /ipfs/$tree/sub"
run "ipfs ls ipfs://$tree/sub"
run "ipfs ls $tree/one.txt"
run "ipfs ls $tree/link"
run "ipfs ls $file"
run "ipfs ls $v0"
run "ipfs ls $odd"
run "ipfs ls $tree/nothing"
run "ipfs ls -v $tree/nothing"
note 'ls: JSON'
run "ipfs ls --enc=json $tree"
run "ipfs ls --enc=json -s $tree"
run "ipfs ls --enc=json $moded"
run "ipfs ls --enc=json $tree/sub $tree/sub/deeper"
run "ipfs ls --enc=json --size=false $tree"
run "ipfs ls --enc=json --resolve-type=false $tree"
run "ipfs ls --enc=json $tree/nothing"
run "ipfs ls --enc=json $odd"
run "ipfs ls --cid-base=base36 $tree/sub"
note 'ls: what it refuses'
run "ipfs ls $tree/nope"
run "ipfs ls $tree/one.txt/nope"
run "ipfs ls $tree/sub/deeper/nope/x"
run "ipfs ls $missing"
run "ipfs ls $missing/a"
run 'ipfs ls nonsense'
run 'ipfs ls'
run 'ipfs ls /ipfs/'
run 'ipfs ls QmRgutAxd8t7oGkSm4wmeuByG6M51wcTso6cubDdQtuEfX'
run 'ipfs ls bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicpl0'
run 'ipfs ls bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicp'
run "ipfs ls /ipld/$tree"
} >"$out/ls.txt"

{
note 'refs'
run "ipfs refs $tree"
run "ipfs refs -r $tree"
run "ipfs refs -r -u $tree"
run "ipfs refs -e $tree"
run "ipfs refs -r -e $tree"
run "ipfs refs -r --max-depth=1 $tree"
run "ipfs refs -r --max-depth=2 $tree"
run "ipfs refs -r --max-depth=0 $tree"
run "ipfs refs --max-depth=1 $tree"
run "ipfs refs -r --format='<src> <dst> <linkname>' $tree"
run "ipfs refs --format='<linkname>' $tree/sub"
run "ipfs refs --format='<dst>x\\n' $tree/sub"
run "ipfs refs -e --format='<dst>' $tree"
run "ipfs refs $tree $tree/sub"
run "ipfs refs -u $tree $tree/sub"
run "ipfs refs $file"
run "ipfs refs -r $file"
run "ipfs refs -r -u $file"
run "ipfs refs $hello"
run "ipfs refs -r $v0"
run "ipfs refs -r $sharded"
run "ipfs refs --enc=json $tree/sub"
run "ipfs refs $missing"
run "ipfs refs -r $tree/nope"
run 'ipfs refs nonsense'
run 'ipfs refs'
run "ipfs refs --format= $tree/sub"
run "ipfs refs -r --max-depth=-2 $tree/sub"
run "ipfs refs -r -u --max-depth=2 $tree $tree/sub/deeper"
run "ipfs refs -r -u --max-depth=1 $tree $tree/sub"
run "ipfs refs -r --enc=json -e $tree/sub"
run "ipfs refs -r --cid-base=base36 $tree/sub"
run "ipfs refs $sharded/sub"
run "ipfs refs -r $tree/sub $missing $tree/sub"
run "ipfs refs --enc=json $missing"
run "printf '{\"a\":[{\"/\":\"$tree\"}],\"b\":1}' | ipfs dag put"
run "ipfs refs $node"
run "ipfs refs -r -u --format='<src> <linkname> <dst>' $node"
run "ipfs refs $node/b"
run "ipfs refs $node/a/0/sub"
note 'refs local'
run "ipfs refs local | grep $hello"
run "ipfs refs local --enc=json | grep $hello"
run "ipfs refs local --cid-base=base36 | grep k2cwued9o1pvrt3q271rrqbo49x30tbxwpoeaq75z14e5ui2rzygpbe1"
run 'ipfs refs local extra'
note 'resolve'
run "ipfs resolve $tree"
run "ipfs resolve /ipfs/$tree/sub/two.txt"
run "ipfs resolve -r=false ipfs://$tree/sub"
run "ipfs resolve --enc=json $tree/sub"
run "ipfs resolve --cid-base=base36 $tree/sub"
run "ipfs resolve $sharded/one.txt"
run "ipfs resolve $node/a/0/sub"
run "ipfs resolve $node/a/0"
run "ipfs resolve $node/b"
run "ipfs resolve --enc=json $node/a"
run "ipfs resolve $v0"
run "ipfs resolve $missing"
run "ipfs resolve $missing/a"
run "ipfs resolve $tree/nope"
run "ipfs resolve $node/a/1"
run 'ipfs resolve nonsense'
run 'ipfs resolve a b'
run 'ipfs resolve'
} >"$out/refs.txt"

{
note 'pin'
for pinned in $(ipfs pin ls -q -t recursive); do ipfs pin rm "$pinned" >/dev/null; done
run 'ipfs pin ls'
run "ipfs pin add $tree"
run "ipfs pin add $tree"
run "ipfs pin add --name=mine $tree"
run 'ipfs pin ls --names | sort'
run "ipfs pin add -r=false $tree/sub"
run "ipfs pin add -r=false $tree"
run "ipfs pin add $file $hello"
run "ipfs pin add --progress $file"
run 'ipfs pin ls | sort'
run 'ipfs pin ls -t recursive | sort'
run 'ipfs pin ls -t direct'
run 'ipfs pin ls -t indirect | sort'
run 'ipfs pin ls -q -t recursive | sort'
run 'ipfs pin ls -s -t recursive | sort'
run 'ipfs pin ls -s -q -t recursive | sort'
run 'ipfs pin ls --names | sort'
run 'ipfs pin ls -n mi'
run 'ipfs pin ls -n MI'
run 'ipfs pin ls -t recursive --names -q | sort'
run "ipfs pin ls $tree"
run "ipfs pin ls --names $tree"
run "ipfs pin ls $tree $hello | sort"
run "ipfs pin ls -t indirect $tree/one.txt"
run "ipfs pin ls $tree/one.txt"
run "ipfs pin ls $tree/sub"
run "ipfs pin ls -t direct $tree"
run "ipfs pin ls $missing"
run 'ipfs pin ls -t nonsense'
run "ipfs pin ls --enc=json -t direct"
run "ipfs pin ls --enc=json -s -t direct"
run "ipfs pin ls --enc=json $tree"
run "ipfs pin ls --enc=json --names $tree"
run "ipfs pin add --enc=json $tree $hello"
run "ipfs pin rm --enc=json $hello"
run "ipfs pin rm $hello"
run "ipfs pin rm $tree/one.txt"
run "ipfs pin rm -r=false $tree"
run "ipfs pin rm -r=false $tree/sub"
run "ipfs pin rm $tree $file"
run "ipfs pin rm $tree"
run "ipfs pin rm $missing"
run 'ipfs pin rm nonsense'
run 'ipfs pin rm'
run "ipfs pin add $missing"
run "ipfs pin add nonsense"
run "ipfs pin add $tree/nope"
run "ipfs pin add --name=$(printf 'n%.0s' {1..256}) $tree"
run "ipfs add -Q --pin-name=kept hello && ipfs pin ls --names"
run "ipfs add -Q --pin-name=renamed hello && ipfs pin ls --names"
run "ipfs add -Q hello && ipfs pin ls --names"
run "ipfs pin add $hello && ipfs pin ls --names"
run "ipfs add -Q --pin=false empty && ipfs pin ls --names"
} >"$out/pin.txt"

{
note 'pin update, pin verify, and paths from standard input'
for pinned in $(ipfs pin ls -q -t recursive); do ipfs pin rm "$pinned" >/dev/null; done
for pinned in $(ipfs pin ls -q -t direct); do ipfs pin rm -r=false "$pinned" >/dev/null; done
run "ipfs pin update $tree $sharded"
run "ipfs pin add --name=mine $tree"
run "ipfs pin update $tree $sharded"
run 'ipfs pin ls --names -t recursive'
run "ipfs pin update --unpin=false $sharded $tree"
run 'ipfs pin ls --names -t recursive | sort'
run "ipfs pin update $tree $sharded"
run "ipfs pin update $tree $tree"
run "ipfs pin update $tree $missing"
run "ipfs pin update $tree/sub $tree"
run "ipfs pin update --enc=json $tree $tree"
run "ipfs pin update $tree/one.txt $tree"
run "ipfs pin update $tree"
run "ipfs pin update nonsense $tree"
run "ipfs pin rm $sharded"
run "ipfs pin update --enc=json $tree $file"
run "ipfs pin verify"
run "ipfs pin verify --verbose"
run "ipfs pin verify --verbose --enc=json"
run "ipfs pin verify -q"
run "ipfs pin verify --verbose -q"
run "ipfs pin verify extra"
run "printf '$tree\\n$hello\\n' | ipfs pin add --name=both"
run 'ipfs pin ls -n bot --names | sort'
run 'ipfs pin ls -s -n bot | sort'
run "ipfs pin add -r=false --name=alone $tree/sub"
run 'ipfs pin ls -t direct --names'
run 'ipfs pin ls -t direct -n one'
run "ipfs pin ls $tree $missing"
run "ipfs pin ls -s $tree $missing"
run "ipfs pin ls --enc=json $tree $tree"
run "ipfs pin ls -t recursive $tree/one.txt"
run "printf '$hello\\n$missing\\n' | ipfs pin add"
run "printf '$tree\\n$file\\n' | ipfs pin rm"
run "printf '$hello\\n' | ipfs pin rm --enc=json"
run "ipfs pin add --name=a $hello"
run "ipfs pin add --name=b $hello"
run 'ipfs pin ls --names -t recursive'
run "ipfs pin add -r=false --name=c $hello"
} >"$out/pin-update.txt"

{
note 'block'
for pinned in $(ipfs pin ls -q -t recursive); do ipfs pin rm "$pinned" >/dev/null; done
run "ipfs block get $hello"
run "ipfs block get $v0 | od -An -tx1"
run "ipfs block get $hello $v0"
run "ipfs block stat $hello"
run "ipfs block stat $v0"
run "ipfs block stat $tree"
run "ipfs block stat --enc=json $hello"
run "ipfs block stat $missing"
run "ipfs block get $missing"
run 'ipfs block get nonsense'
run 'ipfs block get'
run "ipfs block get $tree/one.txt"
run 'printf abc | ipfs block put'
run 'ipfs block put hello empty'
run 'ipfs block put --enc=json hello'
run 'ipfs block put --cid-codec=dag-pb hello'
run 'ipfs block put --cid-codec=dag-cbor hello'
run 'ipfs block put --cid-codec=nonsense hello'
run 'ipfs block put --cid-codec=112 hello'
run 'ipfs block put --format=v0 hello'
run 'ipfs block put --mhtype=sha2-512 hello'
run 'ipfs block put --mhtype=sha3-256 hello'
run 'ipfs block put --mhtype=blake3 hello'
run 'ipfs block put --mhtype=identity hello'
run 'ipfs block put --mhtype=sha2-256 --mhlen=20 hello'
run 'ipfs block put --mhtype=sha2-256 --mhlen=19 hello'
run 'ipfs block put --mhtype=sha2-256 --mhlen=33 hello'
run 'ipfs block put --mhtype=nonsense hello'
run 'ipfs block put --pin hello'
run 'ipfs block put zeros'
run 'ipfs block put --allow-big-block zeros'
run 'ipfs block put no-such-file'
run 'ipfs block put tree'
note 'block rm'
run "ipfs pin rm $hello"
run "ipfs pin add $tree && ipfs pin add -r=false $v0"
run "ipfs block rm $tree"
run "ipfs block rm $v0"
run "ipfs block rm $tree/sub/two.txt $tree/sub $hello"
run "ipfs block rm $hello"
run "ipfs block rm -q $hello"
run "ipfs block rm -f $hello"
run "ipfs block rm -f -q $hello"
run "printf 'hello world' | ipfs block put && ipfs block rm -q $hello && ipfs block stat $hello"
run "printf 'hello world' | ipfs block put && ipfs block rm $hello $hello"
run "printf 'hello world' | ipfs block put && ipfs block rm --enc=json $hello"
run "printf 'hello world' | ipfs block put && ipfs block rm $hello nonsense"
run "ipfs block rm -q -f $hello $tree"
run "ipfs block rm --cid-base=base36 $hello"
run "ipfs block rm $tree/nope"
run 'ipfs block rm nonsense'
run 'ipfs block rm'
} >"$out/block.txt"

{
note 'repo: what changes with the content and the machine is cut out'
run "ipfs repo stat | sed 's/[0-9][0-9]*\$/N/'"
run "ipfs repo stat -s | sed 's/[0-9][0-9]*\$/N/'"
run "ipfs repo stat -H -s | sed 's/[0-9.][0-9.]* [kMGTPE]*B\$/SIZE/'"
run "ipfs repo stat --enc=json | sed -e 's/:[0-9][0-9]*/:N/g' -e 's/@[0-9]*/@N/'"
run "ipfs repo stat -s --enc=json | sed 's/:[1-9][0-9]*/:N/g'"
run 'ipfs repo stat something'
run "ipfs repo version | sed 's/[0-9]*\$/N/'"
run "ipfs repo version -q | sed 's/[0-9]*\$/N/'"
run "ipfs repo version --enc=json | sed 's/[0-9][0-9]*/N/'"
run "ipfs repo verify | tr '\\r' '\\n' | tail -n 1"
run 'ipfs repo verify --enc=json | tail -n 1'
run 'ipfs repo verify --heal'
run "ipfs repo ls | grep $hello"
run "ipfs repo ls --enc=json | grep $hello"
run "ipfs repo migrate | sed 's/[0-9][0-9]*/N/'"
run 'ipfs repo migrate --to=1'
} >"$out/repo.txt"

{
note 'dag put'
for pinned in $(ipfs pin ls -q -t recursive); do ipfs pin rm "$pinned" >/dev/null; done
run "printf '{\"a\":[{\"/\":\"$tree\"}],\"b\":1}' | ipfs dag put"
run "printf ' [ true, null, 1.5, -7, \"x\", {\"/\":{\"bytes\":\"AQID\"}} ] ' | ipfs dag put"
run "printf '{\"z\":1,\"a\":2}' | ipfs dag put --store-codec=dag-json"
run "printf '{\"z\":1,\"a\":2}' | ipfs dag put --store-codec=json --input-codec=json"
run "printf '{\"z\":1,\"a\":2}' | ipfs dag put --store-codec=cbor"
run "printf '{\"Data\":{\"/\":{\"bytes\":\"CAE\"}},\"Links\":[]}' | ipfs dag put --store-codec=dag-pb"
run 'printf abc | ipfs dag put --store-codec=raw --input-codec=raw'
run 'printf abc | ipfs dag put --input-codec=raw'
run 'printf 1 | ipfs dag put --store-codec=0x71'
run 'printf 1 | ipfs dag put --enc=json'
run 'printf 1 | ipfs dag put --cid-base=base36'
run 'printf 1 | ipfs dag put --hash=sha2-512'
run 'printf 1 | ipfs dag put --hash=blake3'
run 'printf 1 | ipfs dag put --hash=identity'
run 'printf 1 | ipfs dag put --pin'
run 'ipfs dag put --input-codec=raw --store-codec=raw empty hello'
run 'ipfs dag put --input-codec=raw --store-codec=raw hello hello'
note 'dag put: what it refuses'
run 'printf 1 | ipfs dag put --store-codec=nonsense'
run 'printf 1 | ipfs dag put --store-codec=sha2-256'
run 'printf 1 | ipfs dag put --input-codec=nonsense'
run 'printf 1 | ipfs dag put --hash=nonsense'
run 'printf 1 | ipfs dag put --store-codec=raw'
run 'printf 1 | ipfs dag put --store-codec=dag-pb'
run "printf '[{\"/\":\"$tree\"}]' | ipfs dag put --store-codec=cbor"
run "printf '{\"a\":1,\"a\":2}' | ipfs dag put"
run "printf '{\"a\":1} x' | ipfs dag put"
run "printf '{\"a\":1} 2' | ipfs dag put"
run "printf '[99999999999999999999]' | ipfs dag put"
run "printf '[1,]' | ipfs dag put"
run "printf '[NaN]' | ipfs dag put"
run 'printf nonsense | ipfs dag put'
run 'ipfs dag put --input-codec=raw --store-codec=raw zeros'
run 'ipfs dag put empty'
run 'ipfs dag put'
run 'ipfs dag put no-such-file'
run 'ipfs dag put tree'
note 'dag get'
run "ipfs dag get $node"
run "ipfs dag get $node/a"
run "ipfs dag get $node/a/0"
run "ipfs dag get $node/a/0/sub"
run "ipfs dag get $node/a/0/sub/two.txt"
run "ipfs dag get /ipfs/$node/b"
run "ipfs dag get ipfs://$node/b"
run "ipfs dag get --enc=json $node/b"
run "ipfs dag get --output-codec=dag-cbor $node | od -An -tx1"
run "ipfs dag get --output-codec=dag-pb $tree/sub | od -An -tx1"
run "ipfs dag get --output-codec=raw $hello"
run "ipfs dag get --output-codec=json $node/b"
run "ipfs dag get --output-codec=json $node"
run "ipfs dag get --output-codec=raw $node"
run "ipfs dag get --output-codec=nonsense $node"
run "ipfs dag get $tree"
run "ipfs dag get $tree/Links"
run "ipfs dag get $sharded/sub"
run "ipfs dag get $file"
run "ipfs dag get $hello"
run "ipfs dag get $v0"
run "ipfs dag get $node/a/1"
run "ipfs dag get $node/b/c"
run "ipfs dag get $tree/nope"
run "ipfs dag get $sharded/nope"
run "ipfs dag get $missing"
run 'ipfs dag get nonsense'
run 'ipfs dag get'
note 'dag resolve'
run "ipfs dag resolve $node"
run "ipfs dag resolve $node/a/0/sub/two.txt"
run "ipfs dag resolve $node/a"
run "ipfs dag resolve --enc=json $node/a"
run "ipfs dag resolve --enc=json $node/a/0"
run "ipfs dag resolve --enc=json --cid-base=base36 $tree"
run "ipfs dag resolve --enc=json $sharded/one.txt"
run "ipfs dag resolve --enc=json $missing"
run "ipfs dag resolve $node/c"
run "ipfs dag resolve $tree/nope"
note 'dag stat'
run "ipfs dag stat $tree"
run "ipfs dag stat $file"
run "ipfs dag stat $hello"
run "ipfs dag stat $tree $tree/sub $file"
run "ipfs dag stat $node $tree"
run "ipfs dag stat $tree $tree"
run "ipfs dag stat --progress=false $sharded $moded"
run "ipfs dag stat --cid-base=base36 $hello"
run "ipfs dag stat --enc=json $tree"
run "ipfs dag stat --enc=json $tree $tree/sub $file"
run "ipfs dag stat --enc=json $node $tree"
run 'ipfs add -Q empty && ipfs dag stat --enc=json bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
run "ipfs dag stat bafkqac3imvwgy3zao5xxe3de"
run "ipfs dag stat $node/a"
run "ipfs dag stat $missing"
run "ipfs dag stat $tree $missing"
run 'ipfs dag stat nonsense'
run 'ipfs dag stat'
note 'dag export'
for dag in "$tree" "$tree/sub" "$file" "$sharded" "$node" "$v0" "$node/a" bafkqac3imvwgy3zao5xxe3de; do
    run "ipfs dag export $dag | sha256sum"
    run "ipfs dag export --local-only $dag | sha256sum"
done
run "ipfs dag export $missing"
run "ipfs dag export --local-only $missing"
run "ipfs dag export $tree $file"
run 'ipfs dag export nonsense'
run 'ipfs dag export'
note 'dag import'
run "ipfs dag export $tree >tree.car"
run "ipfs dag import tree.car"
run "ipfs pin ls -t recursive -q | grep $tree && ipfs pin rm $tree"
run 'ipfs dag import --stats tree.car'
run 'ipfs dag import --silent tree.car'
run 'ipfs dag import --silent --stats tree.car'
run 'ipfs dag import --enc=json --stats tree.car'
run "ipfs pin rm $tree && ipfs dag import --pin-roots=false tree.car && ipfs pin ls -t recursive $tree"
run 'ipfs dag import --pin-roots=false --stats tree.car tree.car'
run "ipfs dag import --local-only --stats tree.car && ipfs pin ls -t recursive $tree"
run 'ipfs dag import --local-only --pin-roots tree.car'
run 'ipfs dag import --cid-base=base36 --stats tree.car'
run 'ipfs dag import --fast-provide-root=false --fast-provide-dag=false --stats tree.car'
run 'cat tree.car | ipfs dag import --stats'
run 'cat tree.car | ipfs dag import --stats -'
run "ipfs pin rm $tree"
run 'head -c 200 tree.car | ipfs dag import --stats'
run 'head -c 20 tree.car | ipfs dag import --stats'
run 'tr a-y b-z <tree.car | ipfs dag import'
run "ipfs dag import tree.car hello && ipfs pin ls -t recursive $tree"
run "ipfs pin ls -t recursive $tree"
note 'dag import: a root that is not whole'
run "ipfs block rm $tree/link && ipfs dag export --local-only $tree >part.car"
run 'ipfs dag import part.car'
run 'ipfs dag import --enc=json part.car'
run 'ipfs dag import --local-only --stats part.car'
run "ipfs dag export $tree | wc -c"
run "ipfs dag export --local-only $tree | sha256sum"
run "ipfs refs -r $tree"
run "ipfs dag stat $tree"
run 'ipfs dag import --stats part.car tree.car'
run 'ipfs dag import hello'
run 'ipfs dag import empty'
run 'ipfs dag import no-such-file'
run 'ipfs dag import tree'
run 'ipfs dag import'
} >"$out/dag.txt"

{
note 'cat'
run "ipfs cat $hello"
run "ipfs cat $hello $hello"
run "ipfs cat $tree/one.txt"
run "ipfs cat -o 6 $hello"
run "ipfs cat -l 5 $hello"
run "ipfs cat -o 2 -l 3 $hello"
run "ipfs cat -o 11 $hello"
run "ipfs cat -o 12 $hello"
run "ipfs cat -o -1 $hello"
run "ipfs cat -l 0 $hello"
run "ipfs cat -l -1 $hello"
run "ipfs cat -l 15 $hello $hello"
run "ipfs cat -o 8 -l 10 $hello $hello"
run "ipfs cat -o 1500000 -l 10 $file | od -An -tx1"
run "ipfs cat $tree"
run "ipfs cat $sharded"
run "ipfs cat $tree/link"
run "ipfs cat $tree/dangling"
run "ipfs cat $tree/nope"
run "ipfs cat $tree/one.txt/nope"
run "ipfs cat $missing"
run "ipfs cat nonsense"
run 'ipfs cat'
run "ipfs cat /ipfs/$tree/sub/two.txt"
run "ipfs cat ipfs://$tree/sub/two.txt"
} >"$out/cat.txt"

{
note 'get: names of what it writes'
run "mkdir g1 && cd g1 && ipfs get $hello && ls"
run "mkdir g2 && cd g2 && ipfs get $tree/one.txt && ls"
run "mkdir g3 && cd g3 && ipfs get $tree && find . | LC_ALL=C sort"
run "mkdir g4 && cd g4 && ipfs get $tree/sub && find . | LC_ALL=C sort"
run "mkdir g5 && cd g5 && ipfs get -o out $tree/sub && find . | LC_ALL=C sort"
run "mkdir g6 && cd g6 && mkdir out && ipfs get -o out $tree/one.txt && find . | LC_ALL=C sort"
run "mkdir g7 && cd g7 && mkdir out && ipfs get -o out $tree/sub && find . | LC_ALL=C sort"
run "mkdir g7b && cd g7b && ipfs get -o out/ $tree/sub && find . | LC_ALL=C sort"
run "mkdir g7c && cd g7c && ipfs get -o no/such/folder/out $tree/one.txt && find . | LC_ALL=C sort"
run "cd g2 && ipfs get $tree/one.txt && ls"
run "cd g5 && ipfs get -o out $tree/sub && find . | LC_ALL=C sort"
run "mkdir g8 && cd g8 && ipfs get -a $tree/sub && ls && tar tf sub.tar"
run "mkdir g9 && cd g9 && ipfs get -a -o x $tree/sub && ls"
run "mkdir g10 && cd g10 && ipfs get -a $tree/one.txt && ls && tar tvf one.txt.tar | sed 's/20[0-9-]* [0-9:]*/DATE/'"
run "mkdir g11 && cd g11 && ipfs get -C $tree/one.txt && ls && gunzip -c one.txt.gz"
run "mkdir g12 && cd g12 && ipfs get -C $tree/sub && ls && tar tzf sub.tar.gz"
run "mkdir g13 && cd g13 && ipfs get -a -C -l 1 $tree/one.txt && ls && tar tzf one.txt.tar.gz"
run "mkdir g14 && cd g14 && ipfs get -C -l 10 $tree/one.txt && ls"
run "mkdir g15 && cd g15 && ipfs get -l 5 $tree/one.txt && ls"
run "mkdir g16 && cd g16 && ipfs get $tree/link && readlink link"
run "mkdir g17 && cd g17 && ipfs get $moded -o m && stat -c '%n %A %y' m/one.txt m/sub && stat -c '%n %y' m/link"
run "mkdir g17a && cd g17a && ipfs get -a $moded -o m.tar && tar tvf m.tar"
run "mkdir g18 && cd g18 && ipfs get $odd -o odd && cd odd && for f in *; do printf '%q\\n' \"\$f\"; done"
run "mkdir g19 && cd g19 && ipfs get -o - $tree/one.txt; ls"
run "mkdir g20 && cd g20 && ipfs get $tree/sub/ && ls"
run "mkdir g21 && cd g21 && ipfs get /ipfs/$tree/sub/two.txt && ls"
note 'get: what it refuses'
run "ipfs get $tree/nope"
run "ipfs get $missing"
run "ipfs get nonsense"
run "ipfs get"
run "ipfs get $hello $v0"
} >"$out/get.txt"

{
note 'config'
run 'ipfs config Import.CidVersion'
run 'ipfs config Import.UnixFSChunker'
run 'ipfs config Import'
run 'ipfs config import.cidversion'
run 'ipfs config Import.CidVersion 0'
run 'ipfs config --json Import.CidVersion 0'
run 'ipfs config Import.CidVersion'
run 'ipfs config --json Import.CidVersion 1'
run 'ipfs config --json Import.CidVersion nonsense'
run 'ipfs config --json Import.CidVersion 7; ipfs add -Q hello'
run 'ipfs config --json Import.CidVersion 1; ipfs config Import.UnixFSChunker nonsense; ipfs add -Q hello'
run 'ipfs config Import.UnixFSChunker size-1048576'
run 'ipfs config Datastore.StorageMax'
run 'ipfs config Datastore.StorageMax 20GB'
run 'ipfs config Datastore.StorageMax'
run 'ipfs config --enc=json Datastore.StorageMax'
run 'ipfs config --bool Datastore.HashOnRead true'
run 'ipfs config Datastore.HashOnRead'
run 'ipfs config No.Such.Key'
run 'ipfs config NoSuchKey'
run 'ipfs config NoSuchKey value; ipfs config NoSuchKey'
run 'ipfs config Identity.PrivKey'
run 'ipfs config'
run 'ipfs config a b c'
run 'ipfs config profile apply nonsense'
run "ipfs config show | sed -n '1,3p'"
run "ipfs config show | sed -n '/\"Import\"/,/}/p'"
run 'ipfs config show extra'
note 'version'
run 'ipfs version'
run 'ipfs version -n'
run 'ipfs version --commit'
run 'ipfs version -n --commit'
run 'ipfs version --repo'
run 'ipfs version --all'
run 'ipfs version --enc=json'
run 'ipfs --version'
note 'the command line itself'
run 'ipfs nonsense'
run 'ipfs pin nonsense'
run 'ipfs --no-such-flag'
run 'ipfs init'
run "ipfs --repo-dir=$work/elsewhere add hello"
run "IPFS_PATH=$work/elsewhere ipfs ls $tree"
run 'ipfs --offline add -Q hello'
run "ipfs --timeout=1ns cat $file | wc -c"
run 'ipfs --timeout=nonsense add -Q hello'
run 'ipfs commands | head -n 5'
run 'ipfs commands completion nonsense'
} >"$out/config-version.txt"

{
note 'cid: CIDs, and parts of them, in other forms'
v1=bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e
pb=QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN
short=f017012140db45b02a950f79e45ec933ae1882fd67d24cb72
key=bafzaajaiaejcal72gwuz2or47oyxxn6b3rkwdmmkrxgkjxzy3rqt5kczyn7lcm3l
run "ipfs cid format $pb"
run "ipfs cid format $pb nonsense $v1"
for verb in b B v V c C h H L m M d D s S P %; do run "ipfs cid format -f '%$verb' $pb $v1 $short"; done
run "ipfs cid format -f '[%b|%c]' f01f0ffff01f7ee010100 f015520080011223344556677"
run "ipfs cid format -f '%%s' $v1"
run "ipfs cid format -f '%x' $pb"
run "ipfs cid format -f 'abc' $pb"
run "ipfs cid format -f 'abc%' $pb"
run "ipfs cid format -f '' $pb"
run "ipfs cid format -v 0 $pb"
run "ipfs cid format -v 1 $pb"
run "ipfs cid format -v 0 bafybeiffndsajwhk3lwjewwdxqntmjm4b5wxaaanokonsggenkbw6slwk4"
run "ipfs cid format -v 0 $v1 $pb"
run "ipfs cid format -v 2 $v1"
run "ipfs cid format -v cidv1 $v1"
for base in base2 base16 base16upper base32 base32upper base32pad base32hex base36 base58btc base64 base64url base64urlpad base256emoji; do
    run "ipfs cid format -b $base $pb $v1"
done
run "ipfs cid format -b base256emoji -f '%S' $v1"
run "ipfs cid format -b identity $v1 | od -An -tx1"
run "ipfs cid format -b base58btc -v 0 $pb"
run "ipfs cid format -b base32 -v 0 $pb"
run "ipfs cid format -b nope $v1"
run "ipfs cid format --mc raw $pb"
run "ipfs cid format --mc=dag-pb $pb $v1"
run "ipfs cid format --mc 112 $v1"
run "ipfs cid format --mc 0x70 -v 0 $v1"
run "ipfs cid format --mc dag-cbor -v 0 $v1"
run "ipfs cid format --mc 0x300001 $v1"
run "ipfs cid format --mc 0x299999 $v1"
run "ipfs cid format --mc nope $v1"
run "printf '$pb\n  $v1  \n' | ipfs cid format -b base36"
run "printf '$pb\n\n$v1' | ipfs cid format"
run 'ipfs cid format </dev/null'
run "ipfs cid format --enc=json $pb nonsense"
run "ipfs cid base32 $pb $v1 $short"
run "ipfs cid base32 $pb nonsense"
run "printf '$pb\n' | ipfs cid base32"
run "ipfs cid base32 --enc=json $pb"
note 'cid inspect'
for cid in $pb $v1 $short $key f01f0ffff01f7ee010100 f017000050db45b02a9 BAFKREIFZJUT3TE2NHYEKKLSS27NH3K72YSCO7Y32KOAO5EEI66WOF36N5E k51qzi5uqu5dhdmyb9bd18pypu2wp5lpv2xnskfmrqa4lb5knqryrotb05e7or; do
    run "ipfs cid inspect $cid"
    run "ipfs cid inspect --enc=json $cid"
done
run "printf '$v1\n' | ipfs cid inspect"
run 'ipfs cid inspect nonsense'
run 'ipfs cid inspect --enc=json nonsense'
run 'ipfs cid inspect 12D3KooWCGVs8bcJnBdGSJ24jvcVVvf8bBcabRYVMyyUFxJkwLHs'
run "ipfs cid inspect $v1 $pb"
run 'ipfs cid inspect </dev/null'
note 'cid: what there is'
run 'ipfs cid bases'
run 'ipfs cid bases --prefix'
run 'ipfs cid bases --numeric'
run 'ipfs cid bases --prefix --numeric'
run 'ipfs cid codecs'
run 'ipfs cid codecs --numeric'
run 'ipfs cid codecs -n -s'
run 'ipfs cid codecs --enc=json'
run 'ipfs cid hashes'
run 'ipfs cid hashes --numeric'
run 'ipfs cid hashes -n -s'
run 'ipfs cid hashes --enc=json | wc -c'
run 'ipfs cid nonsense'
} >"$out/cid.txt"

{
note 'multibase'
run 'ipfs multibase encode hello'
for base in identity base2 base16 base16upper base32 base32upper base32pad base32padupper base32hex base32hexupper base32hexpad base32hexpadupper base36 base36upper base58btc base58flickr base64 base64pad base64url base64urlpad base256emoji; do
    run "ipfs multibase encode -b $base hello | od -An -tx1"
    run "ipfs multibase encode -b $base hello | ipfs multibase decode"
done
run "ipfs multibase encode empty"
run "ipfs multibase encode -b nope hello"
run "ipfs multibase encode no-such-file"
run "ipfs multibase encode tree"
run "ipfs multibase encode hello empty"
run "printf abc | ipfs multibase encode -b base16"
run "printf abc | ipfs multibase encode -b=base58btc"
run "ipfs multibase encode </dev/null"
run "ipfs multibase encode zeros | md5sum"
run "ipfs multibase encode -b base32pad zeros | ipfs multibase decode | md5sum"
run "ipfs multibase encode --enc=json hello"
run "ipfs multibase decode encoded"
run "printf f68656C6c6f | ipfs multibase decode"
run "printf 'uaGVsbG8\n' | ipfs multibase decode"
run "printf 'f68656c6c6f\n' | ipfs multibase decode"
run "printf u | ipfs multibase decode"
run "printf xyz | ipfs multibase decode"
run "printf 'uaGV*bG8' | ipfs multibase decode"
run "printf ua | ipfs multibase decode"
run "ipfs multibase decode </dev/null"
run "ipfs multibase transcode encoded"
run "ipfs multibase transcode -b base32 encoded"
run "printf f68656c6c6f | ipfs multibase transcode"
run "printf f68656c6c6f | ipfs multibase transcode -b base36"
run "printf f6 | ipfs multibase transcode -b nope"
run "printf f6x | ipfs multibase transcode"
run 'ipfs multibase list'
run 'ipfs multibase list --prefix --numeric'
run 'ipfs multibase nonsense'
} >"$out/multibase.txt"

{
note 'config edit, replace, profile apply'
run 'EDITOR= ipfs config edit'
run 'EDITOR=false ipfs config edit'
run 'EDITOR=true ipfs config edit'
run 'ipfs config replace half'
run 'ipfs config replace wrong'
run 'ipfs config replace no-such-file'
run 'ipfs config replace'
run 'ipfs config profile apply nonsense'
run 'ipfs config profile apply'
run 'ipfs config profile nonsense'
run 'ipfs config profile apply --dry-run unixfs-v0-2015 >/dev/null; ipfs add -Q hello'
run 'ipfs config profile apply unixfs-v0-2015 >/dev/null; ipfs add -Q hello'
run 'ipfs config profile apply legacy-cid-v0 >/dev/null; ipfs add -Q hello'
run 'ipfs config profile apply unixfs-v1-2025 >/dev/null; ipfs add -Q hello'
note 'diag and log, where no daemon runs'
run 'ipfs diag sys | tr , "\n" | grep -c ipfs_version'
run 'ipfs log level'
run 'ipfs log level core debug'
run 'ipfs log level a b c'
run 'ipfs log ls | head -c 0'
run 'ipfs log nonsense'
run 'ipfs diag nonsense'
} >"$out/config-more.txt"

# Over its API, because the command line of Kubo ignores --enc=json for `add` and `ls`.
ipfs daemon --offline >"$work/daemon.txt" 2>&1 &
daemon=$!
trap 'kill $daemon 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    ! grep -q 'Daemon is ready' "$work/daemon.txt" || break
    sleep 0.1
done
api="http://$(sed -E 's|/ip4/([0-9.]+)/tcp/([0-9]+)|\1:\2|' "$IPFS_PATH/api")/api/v0"
export api
call() {
    run "curl -s -X POST $*"
}
{
note "JSON, as Kubo's API answers"
call '-F file=@hello "$api/add"'
call '-F file=@zeros "$api/add?progress=true"'
call '-F file=@hello "$api/add?wrap-with-directory=true"'
call '-F "file=;filename=d;type=application/x-directory" -F "file=@hello;filename=d/hello" "$api/add"'
call '-F file=@hello "$api/add?mode=0644&mtime=5&mtime-nsecs=7&raw-leaves=false"'
call '-F file=@hello "$api/add?chunker=nonsense"'
call "\"\$api/ls?arg=$tree\""
call "\"\$api/ls?arg=$tree&stream=true\""
call "\"\$api/ls?arg=$moded\""
call "\"\$api/ls?arg=$tree&resolve-type=false&size=false\""
call "\"\$api/ls?arg=$tree/sub&arg=$tree/nothing\""
call "\"\$api/ls?arg=$odd\""
call "\"\$api/ls?arg=$tree/nope\""
call "\"\$api/cat?arg=$tree\""
call "\"\$api/config?arg=Import.CidVersion\""
} >"$out/json.txt"
kill $daemon
wait $daemon 2>/dev/null || true

sed -i 's/[[:space:]]*$//; /./,$!d' "$out"/*.txt
