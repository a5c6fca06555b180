#!/usr/bin/env python3
"""Makes car.tsv and car-local.tsv again from the answers of a real Kubo: car.py IPFS_BINARY.

car.tsv: name, archive in hexadecimal, what `dag import --stats` says of it: BLOCKS BYTES, or refused.
car-local.tsv: name of a DAG in ../exporter, CIDs that were removed from the repo, SHA-256 of what
`dag export --local-only` then writes of its root.
"""
import hashlib
import os
import re
import subprocess
import sys
import tempfile

ipfs = os.path.abspath(sys.argv[1])
here = os.path.dirname(os.path.abspath(__file__))
work = tempfile.TemporaryDirectory()
environment = dict(os.environ, IPFS_TELEMETRY="off")


def run(repo, *arguments, **more):
    environment["IPFS_PATH"] = os.path.join(work.name, repo)
    return subprocess.run([ipfs, *arguments], env=environment, capture_output=True, **more)


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def cid(codec, data):
    return b"\x01" + varint(codec) + b"\x12\x20" + hashlib.sha256(data).digest()


def section(name, data):
    return varint(len(name) + len(data)) + name + data


def archive(head, *sections):
    return varint(len(head)) + head + b"".join(sections)


def version2(offset, size, index, body):
    numbers = b"".join(n.to_bytes(8, "little") for n in (offset, size, index))
    return bytes.fromhex("0aa16776657273696f6e02") + bytes(16) + numbers + body


data = b"hello car"
leaf = cid(0x55, data)
link = b"\xd8\x2a\x58\x25\x00" + leaf
roots, version = b"\x65roots", b"\x67version"
good = b"\xa2" + roots + b"\x81" + link + version + b"\x01"
one = section(leaf, data)
whole = archive(good, one)
identity = b"\x01\x55\x00\x05hello"
v0 = b"\x12\x20" + hashlib.sha256(b"").digest()

rows = {
    "one-block": whole,
    "two-roots": archive(b"\xa2" + roots + b"\x82" + link + link + version + b"\x01", one),
    "header-without-roots": archive(b"\xa1" + version + b"\x01", one),
    "header-roots-empty": archive(b"\xa2" + roots + b"\x80" + version + b"\x01", one),
    "header-roots-null": archive(b"\xa2" + roots + b"\xf6" + version + b"\x01", one),
    "header-unsorted": archive(b"\xa2" + version + b"\x01" + roots + b"\x81" + link, one),
    "header-unknown-key": archive(b"\xa3\x61a\x01" + good[1:], one),
    "header-key-twice": archive(b"\xa3" + good[1:] + version + b"\x01", one),
    "header-long-integer": archive(good[:-1] + b"\x18\x01", one),
    "header-long-length": archive(good.replace(b"\x58\x25", b"\x59\x00\x25"), one),
    "header-indefinite-map": archive(b"\xbf" + good[1:] + b"\xff", one),
    "header-indefinite-array": archive(
        b"\xa2" + roots + b"\x9f" + link + b"\xff" + version + b"\x01", one),
    "header-trailing-byte": archive(good + b"\x00", one),
    "header-root-without-0": archive(good.replace(b"\x58\x25\x00", b"\x58\x24"), one),
    "header-tag-43": archive(good.replace(b"\xd8\x2a", b"\xd8\x2b"), one),
    "header-version-0": archive(good[:-1] + b"\x00", one),
    "header-version-3": archive(good[:-1] + b"\x03", one),
    "header-empty-map": archive(b"\xa0", one),
    "header-length-0": b"\x00" + one,
    "header-length-long-form": bytes([len(good) | 128, 0]) + good + one,
    "header-cut": whole[:20],
    "empty": b"",
    "no-sections": archive(good),
    "section-length-long-form": archive(good, bytes([one[0] | 128, 0]) + one[1:]),
    "section-length-cut": whole + b"\x80",
    "section-cut-in-cid": whole + one[:10],
    "section-cut-in-bytes": whole[:-1],
    "section-shorter-than-cid": archive(good, b"\x05" + one[1:6]),
    "section-of-0-bytes-at-the-end": whole + b"\x00",
    "section-of-0-bytes-between": archive(good, one, b"\x00", one),
    "zeros-at-the-end": whole + bytes(20),
    "block-twice": archive(good, one, one),
    "block-empty": archive(good, section(cid(0x55, b""), b"")),
    "block-cid-v0": archive(good, section(v0, b"")),
    "block-corrupt": archive(good, section(leaf, b"hello cat")),
    "block-of-unknown-codec": archive(good, section(cid(0x419, data), data)),
    "block-of-malformed-dag-pb": archive(good, section(cid(0x70, b"\xff\xff"), b"\xff\xff")),
    "block-of-unknown-hash": archive(good, section(b"\x01\x55\xff\x7f\x02ab", data)),
    "identity": archive(good, section(identity, b"hello")),
    "identity-without-bytes": archive(good, section(identity, b"")),
    "identity-of-other-bytes": archive(good, section(identity, b"hellx")),
    "v2": version2(51, len(whole), 0, whole),
    "v2-padding": version2(55, len(whole), 0, bytes(4) + whole),
    "v2-bytes-after-payload": version2(51, len(whole), 0, whole + b"more"),
    "v2-index-offset-in-payload": version2(51, len(whole), 60, whole),
    "v2-index-offset-past-the-end": version2(51, len(whole), 6000000, whole),
    "v2-payload-ends-in-section": version2(51, len(whole) - 3, 0, whole),
    "v2-payload-ends-after-header": version2(51, len(archive(good)), 0, whole),
    "v2-payload-longer-than-file": version2(51, len(whole) + 9, 0, whole),
    "v2-payload-of-0-bytes": version2(51, 0, 0, whole),
    "v2-payload-in-header": version2(50, len(whole), 0, whole),
    "v2-payload-offset-negative": version2(2**64 - 1, len(whole), 0, whole),
    "v2-payload-size-negative": version2(51, 2**64 - 1, 0, whole),
    "v2-index-offset-negative": version2(51, len(whole), 2**64 - 1, whole),
    "v2-in-v2": version2(51, 51 + len(whole), 0, version2(51, len(whole), 0, whole)),
    "v2-header-cut": version2(51, len(whole), 0, b"")[:40],
}

run("import", "init", "--profile=test", check=True)
with open(os.path.join(here, "car.tsv"), "w") as table:
    for name, content in rows.items():
        path = os.path.join(work.name, "archive.car")
        with open(path, "wb") as file:
            file.write(content)
        answer = run("import", "dag", "import", "--stats", "--pin-roots=false", path)
        stats = re.search(rb"Imported (\d+) blocks \((\d+) bytes\)", answer.stdout)
        told = b" ".join(stats.groups()).decode() if stats else "refused"
        table.write(f"{name}\t{content.hex()}\t{told}\n")

exporter = os.path.join(here, "..", "exporter")
with open(os.path.join(exporter, "roots.tsv")) as file:
    dags = [line.split("\t")[:2] for line in file]
with open(os.path.join(here, "car-local.tsv"), "w") as table:
    for name, root in dags:
        run(name, "init", "--profile=test", check=True)
        car = os.path.join(exporter, name + ".car")
        run(name, "dag", "import", "--pin-roots=false", car, check=True)
        below = run(name, "refs", "-r", "-u", root, check=True).stdout.decode().split()
        stored = [c for c in below if not c.startswith("bafkqa")]
        for gone in [], stored[1::5]:
            if gone:
                run(name, "block", "rm", *gone, check=True)
            written = run(name, "dag", "export", "-p=false", "--local-only", root, check=True).stdout
            table.write(f"{name}\t{','.join(gone)}\t{hashlib.sha256(written).hexdigest()}\n")
