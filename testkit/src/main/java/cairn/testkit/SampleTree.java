package cairn.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A sample tree is a folder of generated entries, the same each time, that shows one aspect of
/// importing. Modes and modification times are set as well ([TreeWriter]).
public enum SampleTree {
    /// No entries.
    EMPTY(_ -> {}),
    /// Every kind of entry, nested; hidden ones; many modes; times before the epoch and with
    /// nanoseconds.
    MIXED(
            tree ->
                    tree.file("readme.txt", "hello world")
                            .file("empty", "")
                            .file("two-chunks", Content.parse("chacha20:mixed:300000"))
                            .file("bin/run", "#!/bin/sh\n")
                            .file("bin/setuid", "s")
                            .file("a/b/c/deep", "deep")
                            .file("a/b/c.txt", "c")
                            .file(".hidden", "hidden")
                            .file(".config/settings", "settings")
                            .file("a/.also-hidden", "also")
                            .directory("nothing")
                            .directory("a/nothing")
                            .symlink("link", "readme.txt")
                            .symlink("a/up", "../bin")
                            .symlink("dangling", "no/such/file")
                            .mode("bin/run", 0755)
                            .mode("bin/setuid", 04755)
                            .mode("readme.txt", 0600)
                            .mode("empty", 0444)
                            .mode("a/b", 0700)
                            .mode("nothing", 01777)
                            .mtime("readme.txt", Instant.parse("2001-02-03T04:05:06.789Z"))
                            .mtime("empty", Instant.parse("1969-12-31T23:59:59Z"))
                            .mtime("bin/run", Instant.parse("1960-01-01T00:00:00.5Z"))
                            .mtime("bin/setuid", Instant.EPOCH)
                            .mtime("a/b/c.txt", Instant.parse("2040-01-01T00:00:00.000000001Z"))
                            .mtime("a", Instant.parse("2010-10-10T10:10:10.1Z"))
                            .mtime("link", Instant.parse("2005-05-05T05:05:05Z"))
                            .mtime("dangling", Instant.EPOCH)),
    /// Names that a careless sort or a careless decoder gets wrong.
    NAMES(
            tree -> {
                List<String> unicode =
                        List.of(
                                "B",
                                "a",
                                "a-",
                                "a.b",
                                "a0",
                                "ab",
                                " leading",
                                "trailing ",
                                "in side",
                                "-dash",
                                "#hash",
                                "quote\"",
                                "back\\slash",
                                "line\nbreak",
                                "tab\t",
                                "bell\u0007",
                                "esc\u001b[31m",
                                "del\u007f",
                                "%41",
                                "~",
                                "\u00e9",
                                "e\u0301",
                                "\u4e2d\u6587",
                                "\uff5e-sorts-first-as-utf-8",
                                "\ud83d\ude00-sorts-last-as-utf-8",
                                "\u202eright-to-left",
                                "n".repeat(255),
                                "\u00fc".repeat(127),
                                "..three",
                                "dots...");
                for (String name : unicode) tree.file(name, name);
                tree.file(TreeWriter.bytes("latin-\u00e9"), "not UTF-8")
                        .file(TreeWriter.bytes("\u00ff\u00fe"), "not UTF-8")
                        .file(TreeWriter.bytes("\u0080"), "a lone continuation")
                        .file(TreeWriter.bytes("\u00c0\u00af"), "overlong")
                        .file(TreeWriter.bytes("\u00ed\u00a0\u0080"), "a surrogate")
                        .file(TreeWriter.bytes("dir-\u00e9/inside"), "below");
            }),
    /// Symlinks that lead nowhere useful.
    LINKS(
            tree ->
                    tree.symlink("absolute", "/etc/nowhere")
                            .symlink("self", "self")
                            .symlink("up", "../../..")
                            .symlink("dot", ".")
                            .symlink("long", "x/".repeat(500) + "y")
                            .symlink("unicode", "\u4e2d\u6587")
                            .symlink("bytes", TreeWriter.bytes("\u00ff\u00fe"))
                            .symlink("slash", "target/")),
    /// Symlinks that all lead to something within the tree.
    RESOLVING(
            tree ->
                    tree.file("target.txt", "target")
                            .file("dir/inner.txt", "inner")
                            .symlink("file", "target.txt")
                            .symlink("chain", "file")
                            .symlink("folder", "dir")
                            .symlink("dir/out", "../target.txt")),
    /// Folders without files, alone and nested.
    EMPTIES(tree -> tree.directory("a/b/c").directory("d").file("e/f", "f").directory("e/g")),
    /// Entries for ignore rules to choose from; `ignore-file` within holds some.
    IGNORABLE(
            tree -> {
                for (String path :
                        List.of(
                                "a.txt",
                                "b.txt",
                                "keep.txt",
                                "a.log",
                                "build/out.o",
                                "build/keep.txt",
                                "src/build/out.o",
                                "src/a.txt",
                                "src/main.c",
                                "src/deep/a.log",
                                "src/deep/er/a.txt",
                                "doc/a.txt",
                                "doc/frotz/x",
                                "a/doc/frotz/y",
                                "foo/bar/1",
                                "foo/x/bar/2",
                                "foo/bar.txt",
                                "#hash",
                                "!bang",
                                "sp ace",
                                "x[1]",
                                "x1",
                                "Upper.TXT",
                                ".dot",
                                ".git/config",
                                "dir.log/inside")) tree.file(path, path);
                tree.directory("empty").symlink("link.log", "a.log");
                tree.file(
                        "ignore-file",
                        "# comment\n\n*.log\n!src/deep/a.log\nbuild/\n/doc\n\\#hash\n");
            }),
    /// Entries whose murmur3 hashes share 40 to 47 leading bits: a HAMT goes deep for them.
    COLLIDING(
            tree -> {
                for (String name :
                        List.of(
                                "crnyo", "cb0z7", "c298ln", "cco8l", "c1gozo", "c1r902", "cv9kf",
                                "c1c8jp", "other")) tree.file(name, name);
            }),
    /// Two entries alone whose murmur3 hashes share 47 leading bits.
    COLLIDING_PAIR(tree -> tree.file("crnyo", "1").file("cb0z7", "2")),
    /// Wide folders within wide folders.
    NESTED_WIDE(
            tree -> {
                for (int i = 0; i < 12; i++) {
                    for (int j = 0; j < 12; j++) tree.file("d" + i + "/f" + j, i + "-" + j);
                    tree.file("f" + i, "" + i).directory("e" + i);
                }
            }),
    /// IPIP-499: a directory just at the threshold of `unixfs-v0-2015`.
    HAMT_V0_AT(tree -> fixture(tree, "hamt-unixfs-v0-2015", 4096, 30, 0)),
    /// IPIP-499: a directory over the threshold of `unixfs-v0-2015`.
    HAMT_V0_OVER(tree -> fixture(tree, "hamt-unixfs-v0-2015", 4033, 31, 0)),
    /// IPIP-499: a directory whose block has 262144 bytes under `unixfs-v1-2025`.
    HAMT_V1_AT(tree -> fixture(tree, "hamt-unixfs-v1-2025", 4765, 11, 21)),
    /// IPIP-499: a directory whose block has 262145 bytes under `unixfs-v1-2025`.
    HAMT_V1_OVER(tree -> fixture(tree, "hamt-unixfs-v1-2025", 4765, 11, 22)),
    FLAT_1(tree -> flat(tree, 1)),
    FLAT_2(tree -> flat(tree, 2)),
    FLAT_10(tree -> flat(tree, 10)),
    FLAT_300(tree -> flat(tree, 300));

    /// What a tree holds.
    @FunctionalInterface
    private interface Filling {
        void fill(TreeWriter tree) throws IOException;
    }

    // Lambdas that hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Filling filling;

    SampleTree(Filling filling) {
        this.filling = filling;
    }

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz01234567890-_";

    /// What [#create] calls the folder: the constant's name in lower case with hyphens.
    public String folder() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// The tree that [#folder] names.
    public static SampleTree named(String folder) {
        for (SampleTree tree : values()) if (tree.folder().equals(folder)) return tree;
        throw new IllegalArgumentException("no such tree: " + folder);
    }

    /// Makes the tree as a new folder [#folder] in `parent` and returns it.
    public Path create(Path parent) throws IOException {
        Path root = parent.resolve(folder());
        try (var tree = new TreeWriter(root)) {
            filling.fill(tree);
        }
        return root;
    }

    /// `count` files `e0000`, `e0001` and so on, each with its own name as content.
    private static void flat(TreeWriter tree, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String name = String.format("e%04d", i);
            tree.file(name, name);
        }
    }

    /// Files with the content `x` and names cut from a keystream, `count` of one length and, unless
    /// it is 0, one more of `last` characters.
    private static void fixture(TreeWriter tree, String seed, int count, int length, int last)
            throws IOException {
        byte[] stream = Keystream.chacha20(seed).bytes(0, count * length + last);
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) names.add(name(stream, i * length, length));
        if (last > 0) names.add(name(stream, count * length, last));
        for (String name : names) tree.file(name, "x");
    }

    private static String name(byte[] stream, int from, int length) {
        return java.util.stream.IntStream.range(from, from + length)
                .mapToObj(
                        i ->
                                String.valueOf(
                                        ALPHABET.charAt((stream[i] & 0xff) % ALPHABET.length())))
                .collect(Collectors.joining());
    }
}
