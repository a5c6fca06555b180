package cairn.testkit;

import static cairn.testkit.KuboQuestions.PROFILES;
import static cairn.testkit.KuboQuestions.V0;
import static cairn.testkit.KuboQuestions.V1;

import java.util.List;
import java.util.stream.IntStream;

/// What to ask about files: sizes, layouts, chunkers, hashes, inlining.
final class FileQuestions {
    private static final String HELLO = "text:hello_world";
    private static final String DEEP = "--chunker=size-10 --max-file-links=3 ";

    private final KuboQuestions ask;

    FileQuestions(KuboQuestions ask) {
        this.ask = ask;
    }

    void askAll() {
        profiles();
        published();
        balanced();
        trickle();
        chunkers();
        contentDefined();
        hashes();
        versions();
        inlining();
        standardInput();
    }

    private void profiles() {
        ask.group("size");
        int[] around1 = {0, 1, 262143, 262144, 262145, 1048575, 1048576, 1048577, 2097153};
        for (String profile : PROFILES)
            for (int size : around1) ask.file(profile, "chacha20:size:" + size, "");
    }

    private void published() {
        ask.group("ipip499");
        ask.file(V0, HELLO, "");
        ask.file(V1, HELLO, "");
        ask.file(V0, "chacha20:chunk-v0-seed:262144", "");
        ask.file(V0, "chacha20:chunk-v0-seed:262145", "");
        ask.file(V0, "chacha20:v0-seed:" + 174 * 262144, "");
        ask.file(V0, "chacha20:v0-seed:" + (174 * 262144 + 1), "");
        ask.file(V1, "chacha20:chunk-v1-seed:1048576", "");
        ask.file(V1, "chacha20:chunk-v1-seed:1048577", "");
        ask.file(V1, "chacha20:v1-2025-seed:" + (1L << 30), "");
        ask.file(V1, "chacha20:v1-2025-seed:" + ((1L << 30) + 1), "");
        for (String profile : PROFILES) ask.tree(profile, "empty", "");
        ask.tree(V0, "hamt-v0-at", "");
        ask.tree(V0, "hamt-v0-over", "");
        ask.tree(V1, "hamt-v1-at", "");
        ask.tree(V1, "hamt-v1-over", "");

        ask.group("helia");
        for (String profile : PROFILES)
            for (long size : new long[] {1_000_000, 1_048_577, 100_000_000, 1 << 30})
                ask.file(profile, "aes:0:" + size, "");
    }

    private void balanced() {
        ask.group("balanced");
        IntStream.rangeClosed(0, 100).forEach(n -> ask.file(V1, "chacha20:b:" + n, DEEP));
        int[] edges = {269, 270, 271, 810, 811, 2430, 2431};
        for (int size : edges) ask.file(V1, "chacha20:b:" + size, DEEP);
        int[] few = {0, 1, 9, 10, 11, 29, 30, 31, 40, 89, 90, 91, 100, 270, 271, 810, 811};
        for (int size : few) {
            ask.file(V0, "chacha20:b:" + size, DEEP);
            ask.file(V0, "chacha20:b:" + size, DEEP + "--raw-leaves");
            ask.file(V1, "chacha20:b:" + size, DEEP + "--raw-leaves=false");
        }
        for (int links : new int[] {-1, 0, 2, 4, 16, 174, 1024, 8192})
            for (String profile : PROFILES)
                ask.file(profile, "chacha20:b:500", "--chunker=size-10 --max-file-links=" + links);
        ask.file(V0, "chacha20:b:1741", "--chunker=size-10");
        ask.file(V0, "chacha20:b:1740", "--chunker=size-10");
        ask.file(V1, "chacha20:b:10240", "--chunker=size-10");
        ask.file(V1, "chacha20:b:10241", "--chunker=size-10");
        ask.file(V1, "period:1:10000", "--chunker=size-100");
    }

    private void trickle() {
        ask.group("trickle");
        for (int chunks = 0; chunks <= 40; chunks++)
            ask.file(V1, "chacha20:t:" + chunks * 10, DEEP + "-t");
        for (int chunks : new int[] {0, 1, 2, 3, 4, 5, 7, 15, 16, 40, 63, 64, 100, 400, 1000}) {
            int size = Math.max(0, chunks * 10 - 1);
            ask.file(V0, "chacha20:t:" + size, DEEP + "--trickle");
            ask.file(V0, "chacha20:t:" + size, DEEP + "-t --raw-leaves");
            ask.file(V1, "chacha20:t:" + size, DEEP + "-t --raw-leaves=false");
        }
        for (int size : new int[] {400, 1000, 4000})
            ask.file(V1, "chacha20:t:" + size, DEEP + "-t");
        for (int links : new int[] {2, 4, 5, 16})
            ask.file(V1, "chacha20:t:700", "-t --chunker=size-10 --max-file-links=" + links);
        ask.file(V0, "chacha20:t:2000", "-t --chunker=size-10");
        ask.file(V0, "chacha20:t:1000000", "-t");
        ask.file(V1, "chacha20:t:3000000", "-t");
        ask.file(V1, "chacha20:t:55", DEEP + "-t --mode=0644 --raw-leaves=false");
        ask.file(V1, "chacha20:t:5", DEEP + "-t --mtime=5 --raw-leaves=false");
        ask.file(V1, "chacha20:t:55", DEEP + "-t --inline");
    }

    private void chunkers() {
        ask.group("chunker");
        String data = "chacha20:c:50";
        for (String name :
                List.of(
                        "default",
                        "size-1",
                        "size-2",
                        "size-49",
                        "size-50",
                        "size-51",
                        "size-0",
                        "size--1",
                        "size-+5",
                        "size-05",
                        "size-abc",
                        "size-",
                        "size",
                        "size-1-2",
                        "size-1.5",
                        "size-9223372036854775807",
                        "size-9223372036854775808",
                        "Size-10",
                        "size-2096896",
                        "size-2096897",
                        "size-2097152",
                        "size-3000000",
                        "nonsense",
                        "",
                        "buzhash",
                        "buzhash-128",
                        "BUZHASH",
                        "buzhash-",
                        "rabin",
                        "rabin-",
                        "rabin-abc",
                        "rabin-0",
                        "rabin-1",
                        "rabin-47",
                        "rabin-48",
                        "rabin-50",
                        "rabin-1-2",
                        "rabin-1-2-3",
                        "rabin-1-2-3-4",
                        "rabin-0-1-2",
                        "rabin-15-20-30",
                        "rabin-16-16-16",
                        "rabin-16-32-64",
                        "rabin-16-20-18",
                        "rabin-20-16-64",
                        "rabin-16-32-16",
                        "rabin-min:16-avg:32-max:64",
                        "rabin-a-b-c",
                        "rabin-16-32-2096896",
                        "rabin-16-32-2096897",
                        "rabin-1397931",
                        "rabin-1397932",
                        "rabin-2000000",
                        "rabin--5",
                        "rabin-16--32-64")) ask.file(V1, data, "--chunker=" + name);
        for (int size : new int[] {1000, 65536, 2096896})
            for (String profile : PROFILES)
                ask.file(profile, "chacha20:c:3000000", "--chunker=size-" + size);
        ask.file(V1, "chacha20:c:3000000", "-s size-65537 --raw-leaves=false");
        ask.file(V0, "chacha20:c:3000000", "-s size-65537 --raw-leaves");
    }

    private void contentDefined() {
        ask.group("rabin");
        for (int size : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 10000})
            ask.file(V1, "chacha20:r:" + size, "--chunker=rabin-16-32-64");
        for (String name :
                List.of(
                        "rabin",
                        "rabin-65536",
                        "rabin-4096",
                        "rabin-1024-2048-4096",
                        "rabin-16-1000-100000",
                        "rabin-18-25-32",
                        "rabin-100-101-102",
                        "rabin-1000-1500-1000000",
                        "rabin-131072-262144-524288",
                        "rabin-262144-524288-1048576"))
            for (String content :
                    List.of("chacha20:r:1500000", "period:1:50000", "period:251:50000"))
                ask.file(V1, content, "--chunker=" + name);
        ask.file(V0, "chacha20:r:3000000", "--chunker=rabin");
        ask.file(V0, "chacha20:r:100000", "--chunker=rabin-512-1024-2048 --raw-leaves");
        ask.file(V0, "chacha20:r:100000", "--chunker=rabin-512-1024-2048 -t");

        ask.group("buzhash");
        for (int size :
                new int[] {
                    0, 1, 31, 32, 33, 131071, 131072, 131073, 131104, 524287, 524288, 524289,
                    655360, 1000000, 5000000
                }) ask.file(V1, "chacha20:z:" + size, "--chunker=buzhash");
        for (String content :
                List.of(
                        "period:1:131072",
                        "period:1:524288",
                        "period:1:524289",
                        "period:1:2000000",
                        "period:2:2000000",
                        "period:256:2000000",
                        "period:251:2000000")) ask.file(V1, content, "--chunker=buzhash");
        ask.file(V0, "chacha20:z:5000000", "--chunker=buzhash");
        ask.file(V0, "chacha20:z:5000000", "--chunker=buzhash --raw-leaves");
        ask.file(V0, "chacha20:z:5000000", "--chunker=buzhash --trickle --max-file-links=2");
    }

    private void hashes() {
        ask.group("hash");
        for (String name :
                List.of(
                        "identity",
                        "sha1",
                        "sha2-256",
                        "sha2-384",
                        "sha2-512",
                        "sha2-224",
                        "sha2-512-256",
                        "sha3-224",
                        "sha3-256",
                        "sha3-384",
                        "sha3-512",
                        "sha3",
                        "shake-128",
                        "shake-256",
                        "keccak-224",
                        "keccak-256",
                        "keccak-384",
                        "keccak-512",
                        "blake3",
                        "dbl-sha2-256",
                        "blake2b-128",
                        "blake2b-152",
                        "blake2s-128",
                        "blake2s-152",
                        "md5",
                        "murmur3-x64-64",
                        "murmur3-128",
                        "SHA2-256",
                        "sha256",
                        "0x12",
                        "18",
                        "nonsense",
                        "")) ask.file(V1, HELLO, "--hash=" + name);
        for (int bits = 160; bits <= 512; bits += 8) ask.file(V1, HELLO, "--hash=blake2b-" + bits);
        for (int bits = 160; bits <= 256; bits += 8) ask.file(V1, HELLO, "--hash=blake2s-" + bits);
        for (String name : List.of("sha2-512", "blake3", "blake2b-256", "sha3-224", "dbl-sha2-256"))
            ask.file(V0, "chacha20:h:35", DEEP + "--hash=" + name);
        for (String name : List.of("sha2-512", "blake2b-512", "sha3-512", "shake-256"))
            ask.tree(V1, "mixed", "--hash=" + name);
        ask.tree(V1, "flat-10", "--max-directory-links=2 --hash=sha2-512");
        ask.file(V1, "chacha20:h:200", "--hash=identity");
        ask.file(V1, "chacha20:h:128", "--hash=identity");
        ask.file(V1, "chacha20:h:129", "--hash=identity");
        ask.file(V1, "chacha20:h:100", DEEP + "--hash=identity");
    }

    private void versions() {
        ask.group("version");
        for (String profile : PROFILES)
            for (String version : List.of("", "--cid-version=0", "--cid-version=1"))
                for (String leaves : List.of("", "--raw-leaves", "--raw-leaves=false"))
                    for (String hash : List.of("", "--hash=sha2-256", "--hash=sha2-512"))
                        ask.file(
                                profile,
                                "chacha20:v:15",
                                String.join(" ", "--chunker=size-10", version, leaves, hash));
        for (String flags :
                List.of(
                        "--cid-version=2",
                        "--cid-version=-1",
                        "--cid-version=0 --raw-leaves",
                        "--cid-version=0 --raw-leaves=false",
                        "--raw-leaves=false"))
            for (String profile : PROFILES) {
                ask.file(profile, HELLO, flags);
                ask.tree(profile, "mixed", flags);
            }
    }

    private void inlining() {
        ask.group("inline");
        for (int size = 0; size <= 40; size++) ask.file(V1, "chacha20:i:" + size, "--inline");
        for (int size : new int[] {0, 1, 22, 23, 24, 25, 26, 27, 32, 33})
            for (String flags : List.of("--inline --raw-leaves=false", "--inline --cid-version=1"))
                ask.file(V0, "chacha20:i:" + size, flags);
        for (int size : new int[] {0, 5, 24, 32, 33})
            ask.file(V0, "chacha20:i:" + size, "--inline");
        for (int limit : new int[] {-1, 0, 1, 10, 127, 128, 129, 1000})
            for (int size : new int[] {0, 1, 10, 11, 128})
                ask.file(V1, "chacha20:i:" + size, "--inline --inline-limit=" + limit);
        ask.file(V1, "chacha20:i:10", "--inline-limit=100");
        ask.file(V1, "chacha20:i:10", "--inline-limit=200");
        for (int size : new int[] {25, 35, 45, 100}) {
            ask.file(V1, "chacha20:i:" + size, DEEP + "--inline");
            ask.file(V1, "chacha20:i:" + size, DEEP + "--inline --inline-limit=128");
            ask.file(V0, "chacha20:i:" + size, DEEP + "--inline --inline-limit=128");
        }
        ask.file(V1, "chacha20:i:20", "--inline --hash=sha2-512");
        ask.file(V1, "chacha20:i:40", "--inline --hash=sha2-512");
        ask.file(V1, "chacha20:i:40", "--inline --hash=identity");
        ask.file(V1, "chacha20:i:20", "--inline --cid-version=0");
        for (String tree :
                List.of("empty", "flat-1", "mixed", "links", "empties", "colliding-pair"))
            for (String profile : PROFILES) {
                ask.tree(profile, tree, "--inline");
                ask.tree(profile, tree, "--inline --inline-limit=128");
            }
        ask.tree(V1, "flat-10", "--inline --inline-limit=128 --max-directory-links=2");
    }

    private void standardInput() {
        ask.group("stdin");
        for (String profile : PROFILES)
            for (String flags :
                    List.of("", "-w", "--stdin-name=name", "-w --stdin-name=name", "-n"))
                ask.stdin(profile, HELLO, flags);
        ask.stdin(V1, "chacha20:s:0", "");
        ask.stdin(V1, "chacha20:s:3000000", "");
        ask.stdin(V1, HELLO, "--preserve-mode --raw-leaves=false");
        ask.stdin(V1, HELLO, "--preserve-mtime --raw-leaves=false");
        ask.stdin(V1, HELLO, "--mode=0600 --mtime=7 --raw-leaves=false");
        ask.stdin(V1, HELLO, "-w --mode=0600 --mtime=7 --raw-leaves=false");
    }
}
