package cairn.testkit;

import static cairn.testkit.KuboQuestions.PROFILES;
import static cairn.testkit.KuboQuestions.V0;
import static cairn.testkit.KuboQuestions.V1;

import java.util.List;

/// What to ask about folders: which entries are taken, their metadata, and when and how a directory
/// is sharded.
final class TreeQuestions {
    private static final String NO_RAW = "--raw-leaves=false ";

    private final KuboQuestions ask;

    TreeQuestions(KuboQuestions ask) {
        this.ask = ask;
    }

    void askAll() {
        selection();
        ignoring();
        wrapping();
        metadata();
        sharding();
        thresholds();
    }

    private void selection() {
        ask.group("tree");
        for (SampleTree tree : SampleTree.values())
            if (!tree.name().startsWith("HAMT_"))
                for (String profile : PROFILES) ask.tree(profile, tree.folder(), "");
        for (String profile : PROFILES)
            for (String flags :
                    List.of(
                            "--hidden",
                            "-H --empty-dirs=false",
                            "-n",
                            "-n --hidden",
                            "-t",
                            "--pin=false",
                            "--chunker=size-1000",
                            "--dereference-symlinks",
                            "--cid-version=1",
                            "--hidden " + NO_RAW)) ask.tree(profile, "mixed", flags);
        for (String profile : PROFILES) {
            ask.tree(profile, "empties", "--empty-dirs=false");
            ask.tree(profile, "empty", "--empty-dirs=false");
            ask.tree(profile, "resolving", "--dereference-symlinks");
            ask.tree(profile, "resolving", "--dereference-args");
            ask.tree(profile, "links", "--dereference-symlinks");
        }
        for (String path : List.of("file", "chain", "dir/out", "folder")) {
            ask.paths(V1, "resolving", "-r", "resolving/" + path);
            ask.paths(V1, "resolving", "-r --dereference-symlinks", "resolving/" + path);
            ask.paths(V1, "resolving", "-r --dereference-args", "resolving/" + path);
        }
        for (String flags : List.of("-r", "-r --hidden"))
            for (String path : List.of(".hidden", ".config", "a/.also-hidden"))
                ask.paths(V1, "mixed", flags, "mixed/" + path);
        ask.paths(V1, "mixed", "", "mixed");
        ask.paths(V1, "mixed", "-r", "mixed/");
        ask.paths(V1, "mixed", "-r", "./mixed/../mixed/a");
        ask.paths(V1, "mixed", "-r", "mixed/no-such");
        ask.paths(V1, "mixed", "", "mixed/readme.txt/no-such");
    }

    private void ignoring() {
        ask.group("ignore");
        for (String rule :
                List.of(
                        "*.log",
                        "a.txt",
                        "/a.txt",
                        "build",
                        "build/",
                        "/build",
                        "build/out.o",
                        "**/build",
                        "build/**",
                        "src/**/a.txt",
                        "**/a.txt",
                        "src/*",
                        "src/*/",
                        "doc/frotz",
                        "doc/frotz/",
                        "/doc/frotz",
                        "foo/bar",
                        "foo/*",
                        "foo/**/bar",
                        "*",
                        "*/",
                        "/*",
                        "**",
                        "?.txt",
                        "[ab].txt",
                        "[!a].txt",
                        "[a-b].txt",
                        "x[[]1]",
                        "x\\[1\\]",
                        "#hash",
                        "\\#hash",
                        "!bang",
                        "\\!bang",
                        "*.TXT",
                        "upper.txt",
                        ".dot",
                        ".*",
                        "ignorable",
                        "/ignorable",
                        "ignorable/a.txt",
                        "/ignorable/a.txt",
                        "empty",
                        "link.log",
                        "dir.log",
                        "keep.txt/",
                        "*.{txt,log}")) ask.tree(V1, "ignorable", "--ignore=" + rule);
        for (String flags :
                List.of(
                        "--ignore=*.txt --ignore=!keep.txt",
                        "--ignore=!keep.txt --ignore=*.txt",
                        "--ignore=build --ignore=!build/keep.txt",
                        "--ignore=build/* --ignore=!build/keep.txt",
                        "--ignore=/* --ignore=!/src",
                        "--hidden --ignore=.dot",
                        "--hidden --ignore=.git",
                        "--ignore-rules-path=ignorable/ignore-file",
                        "--ignore-rules-path=ignorable/ignore-file --ignore=*.txt",
                        "--ignore-rules-path=ignorable/ignore-file --ignore=!a.log",
                        "--ignore-rules-path=ignorable/no-such",
                        "--hidden --ignore-rules-path=ignorable/ignore-file",
                        "--ignore=*.txt --empty-dirs=false")) ask.tree(V1, "ignorable", flags);
        ask.paths(V1, "ignorable", "-r --ignore=a.txt", "ignorable/src");
        ask.paths(V1, "ignorable", "-r --ignore=src", "ignorable/src");
        ask.paths(V1, "ignorable", "--ignore=a.txt", "ignorable/a.txt");
        ask.paths(V1, "ignorable", "-r -w --ignore=*.txt", "ignorable/src ignorable/a.txt");
        ask.paths(V1, "ignorable", "-r --ignore=/a.txt", "ignorable/src");
        ask.paths(V1, "ignorable", "-r --ignore=src/a.txt", "ignorable/src");
    }

    private void wrapping() {
        ask.group("wrap");
        for (String profile : PROFILES) {
            ask.file(profile, "text:hello_world", "-w");
            ask.file(profile, "chacha20:w:30", "-w --chunker=size-10");
            ask.tree(profile, "mixed", "-w");
            ask.tree(profile, "flat-10", "-w --max-directory-links=2");
            ask.paths(profile, "mixed", "-w", "mixed/readme.txt mixed/empty");
            ask.paths(profile, "mixed", "-w", "mixed/readme.txt mixed/a/b/c.txt mixed/link");
            ask.paths(profile, "mixed", "-w -r", "mixed/a mixed/bin mixed/readme.txt");
            ask.paths(profile, "mixed", "", "mixed/readme.txt mixed/empty mixed/bin/run");
        }
        ask.paths(V1, "ignorable", "-w", "ignorable/a.txt ignorable/src/a.txt");
        ask.paths(V1, "ignorable", "-w", "ignorable/a.txt ignorable/a.txt");
        ask.paths(V1, "mixed", "-w", "mixed/readme.txt mixed/no-such");
        ask.paths(V1, "mixed", "-w", "mixed/link");
        ask.paths(V1, "mixed", "-w", "mixed/.hidden");
        ask.paths(V1, "resolving", "-w --dereference-symlinks", "resolving/file");
        ask.tree(V1, "mixed", "-w --inline");
        ask.tree(V1, "mixed", "-w -n");
        ask.tree(V1, "mixed", "-w --mode=0700 --mtime=9 " + NO_RAW);
    }

    private void metadata() {
        ask.group("metadata");
        List<String> flags =
                List.of(
                        "--preserve-mode",
                        "--preserve-mtime",
                        "--preserve-mode --preserve-mtime",
                        "--mode=0755",
                        "--mtime=1700000000",
                        "--mtime=-1",
                        "--mtime=1700000000 --mtime-nsecs=5",
                        "--mode=0644 --mtime=0",
                        "--preserve-mode --mode=0600",
                        "--preserve-mtime --mtime=5");
        for (String profile : PROFILES)
            for (String flag : flags)
                for (String leaves : List.of("", NO_RAW, "--raw-leaves ")) {
                    ask.file(profile, "text:hello_world", leaves + flag);
                    if (!leaves.equals("--raw-leaves "))
                        ask.tree(profile, "mixed", "--hidden " + leaves + flag);
                }
        for (String flag :
                List.of(
                        "--mode=0",
                        "--mode=0777",
                        "--mode=07777",
                        "--mode=4755",
                        "--mode=777",
                        "--mode=010000",
                        "--mode=0o644",
                        "--mode=0x1ff",
                        "--mode=8",
                        "--mode=-1",
                        "--mode=4294967295",
                        "--mode=4294967296",
                        "--mode=rwx",
                        "--mtime=0",
                        "--mtime=abc",
                        "--mtime=1.5",
                        "--mtime=9223372036854775807",
                        "--mtime=-62135596800",
                        "--mtime=-62135596801",
                        "--mtime=0 --mtime-nsecs=1",
                        "--mtime-nsecs=5",
                        "--mtime=5 --mtime-nsecs=0",
                        "--mtime=5 --mtime-nsecs=999999999",
                        "--mtime=5 --mtime-nsecs=1000000000",
                        "--mtime=5 --mtime-nsecs=-1",
                        "--mtime=-5 --mtime-nsecs=500000000"))
            ask.file(V1, "text:hello_world", NO_RAW + flag);
        for (int size : new int[] {0, 1, 10, 11, 30, 31, 91}) {
            String deep = "--chunker=size-10 --max-file-links=3 ";
            ask.file(V1, "chacha20:m:" + size, NO_RAW + deep + "--mode=0640 --mtime=7");
            ask.file(V0, "chacha20:m:" + size, deep + "--preserve-mode --preserve-mtime");
        }
        for (String path :
                List.of("link", "dangling", "nothing", "empty", "bin/setuid", "bin/run", "a/b"))
            ask.paths(V0, "mixed", "-r --preserve-mode --preserve-mtime", "mixed/" + path);
        for (String flag : List.of("--mode=0700", "--mtime=77", "--mode=0700 --mtime=77"))
            for (String tree : List.of("links", "empty", "flat-2")) ask.tree(V0, tree, flag);
        ask.file(V1, "chacha20:m:5", NO_RAW + "--inline --mode=0644");
        ask.file(V1, "chacha20:m:5", NO_RAW + "--inline --mtime=5");
        ask.tree(V0, "resolving", "--dereference-symlinks --preserve-mode --preserve-mtime");
    }

    private void sharding() {
        ask.group("hamt");
        for (String tree :
                List.of(
                        "empty",
                        "flat-1",
                        "flat-2",
                        "flat-10",
                        "colliding",
                        "colliding-pair",
                        "names"))
            for (int links : new int[] {1, 2, 9, 10})
                ask.tree(V1, tree, "--max-directory-links=" + links);
        for (String tree : List.of("flat-2", "flat-10", "names", "mixed", "nested-wide", "links"))
            ask.tree(V0, tree, "--max-directory-links=1");
        for (int fanout : new int[] {8, 16, 32, 64, 128, 256, 512, 1024})
            for (String tree : List.of("flat-10", "flat-300", "colliding", "colliding-pair"))
                ask.tree(V1, tree, "--max-directory-links=1 --max-hamt-fanout=" + fanout);
        for (int fanout : new int[] {-8, -1, 0, 1, 2, 4, 7, 9, 12, 255, 257, 2048, 65536})
            ask.tree(V1, "flat-2", "--max-directory-links=1 --max-hamt-fanout=" + fanout);
        for (int links : new int[] {-1, 0, 3, 299, 300, 301})
            for (String profile : PROFILES)
                ask.tree(profile, "flat-300", "--max-directory-links=" + links);
        for (String tree : List.of("mixed", "nested-wide"))
            for (int links : new int[] {2, 12, 23, 24, 30})
                ask.tree(V1, tree, "--max-directory-links=" + links);
        ask.tree(V1, "nested-wide", "--max-directory-links=5 --max-hamt-fanout=8");
        ask.tree(V1, "flat-10", "--max-directory-links=5 --raw-leaves=false");
        ask.tree(V1, "flat-10", "--max-directory-links=5 -n");
        ask.tree(V1, "flat-10", "--max-directory-links=5 -t");
        ask.tree(V1, "flat-10", "--max-directory-links=5 --inline");
        ask.tree(V0, "flat-10", "--max-directory-links=5 --cid-version=1");
        for (String flag :
                List.of("--mode=0700", "--mtime=77", "--mode=0700 --mtime=77 --mtime-nsecs=3"))
            for (String profile : PROFILES)
                ask.tree(profile, "flat-10", NO_RAW + "--max-directory-links=5 " + flag);
        for (String profile : PROFILES) {
            ask.tree(
                    profile,
                    "mixed",
                    NO_RAW + "--max-directory-links=2 --preserve-mode --preserve-mtime");
            ask.tree(
                    profile,
                    "flat-300",
                    NO_RAW + "--max-directory-links=5 --preserve-mode --preserve-mtime");
        }
        ask.tree(V0, "hamt-v0-over", "--max-hamt-fanout=16");
        ask.tree(V0, "hamt-v0-over", "--cid-version=1");
        ask.tree(V1, "hamt-v1-over", "--cid-version=0 --raw-leaves=false");
        ask.tree(V1, "hamt-v1-over", "--raw-leaves=false");
    }

    /// Ten entries with names of 5 bytes. Counted over links: 10 x (5 + 34) = 390 with CIDv0, 410
    /// with CIDv1. Counted over the block: 10 x 51 less what is shorter, and 4 bytes of UnixFS
    /// data.
    private void thresholds() {
        ask.group("threshold");
        for (long bytes : new long[] {1, 350, 389, 390, 391, 409, 410, 411, 500})
            ask.tree(V0, bytes, "flat-10", "");
        for (long bytes : new long[] {409, 410, 411})
            ask.tree(V0, bytes, "flat-10", "--cid-version=1");
        for (long bytes = 485; bytes <= 500; bytes++) ask.tree(V1, bytes, "flat-10", "");
        for (long bytes = 485; bytes <= 520; bytes += 1)
            ask.tree(V1, bytes, "flat-10", NO_RAW + "--mode=0700 --mtime=77");
        for (long bytes : new long[] {1, 100, 410, 484, 501, 1000})
            ask.tree(V1, bytes, "flat-10", "");
        for (long bytes : new long[] {300, 600, 700, 1000})
            for (String profile : PROFILES) ask.tree(profile, bytes, "nested-wide", "");
        for (long bytes : new long[] {480, 490, 500})
            ask.tree(V1, bytes, "flat-10", "--max-directory-links=20");
        for (String profile : PROFILES) {
            ask.tree(profile, 200, "mixed", "--hidden");
            ask.tree(profile, 200, "names", "");
            ask.tree(profile, 100, "flat-1", "");
            ask.tree(profile, 10, "flat-1", "");
            ask.tree(profile, 1, "empty", "");
            ask.tree(profile, 100, "flat-2", "-w");
        }
    }
}
