import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Asks a Kubo for what the tables of multiformats say, and writes them: the two that the module
/// packs and those that its tests read. Run from the project's root, with an `ipfs` and a repo of
/// its own in IPFS_PATH:
///
///     java testdata/multiformats/MakeTables.java /path/to/ipfs [multicodec]
///
/// The second word makes only the table `multicodec.tsv` anew.
final class MakeTables {
    private static final Path TESTDATA = Path.of("testdata/multiformats");
    private static final Path RESOURCES =
            Path.of("multiformats/src/main/resources/cairn/multiformats");

    /// Above the registry's highest number, which is 0xd02000.
    private static final int CODES = 0xe00000;

    private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 31, 32, 33, 36, 64};
    private static final int[] HASHED_SIZES = {0, 1, 63, 64, 65, 127, 128, 129, 1024, 5000};

    private final String ipfs;
    private final String version;

    private MakeTables(String ipfs) throws IOException, InterruptedException {
        this.ipfs = ipfs;
        this.version = run(new byte[0], "version", "-n").out().strip();
    }

    public static void main(String[] args) throws Exception {
        var make = new MakeTables(args[0]);
        if (args.length > 1) {
            make.names();
            return;
        }
        make.emoji();
        make.multibase();
        make.cids();
        make.notCids();
        make.allowedHashes();
        make.hashes();
        make.names();
    }

    private record Answer(int exit, String out, String err) {}

    private Answer run(byte[] in, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ipfs));
        command.addAll(List.of(args));
        Path err = Files.createTempFile("make", ".err");
        Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        Thread feeder =
                Thread.startVirtualThread(
                        () -> {
                            try (OutputStream stdin = process.getOutputStream()) {
                                stdin.write(in);
                            } catch (IOException e) {
                                if (process.isAlive()) throw new UncheckedIOException(e);
                            }
                        });
        byte[] out;
        try (InputStream stdout = process.getInputStream()) {
            out = stdout.readAllBytes();
        }
        int exit = process.waitFor();
        feeder.join();
        String errors = Files.readString(err);
        Files.delete(err);
        return new Answer(exit, new String(out, StandardCharsets.UTF_8), errors);
    }

    private String ask(byte[] in, String... args) throws IOException, InterruptedException {
        Answer answer = run(in, args);
        if (answer.exit() != 0) throw new IOException(String.join(" ", args) + answer.err());
        return answer.out();
    }

    private void write(Path file, String what, List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("# " + what);
        all.add("# Made by testdata/multiformats/MakeTables.java from Kubo " + version + ".");
        all.addAll(lines);
        Files.createDirectories(file.getParent());
        Files.write(file, all);
        System.out.println(file + ": " + lines.size());
    }

    private void emoji() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) all[i] = (byte) i;
        String text = ask(all, "multibase", "encode", "-b", "base256emoji");
        int[] characters = text.codePoints().skip(1).toArray();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 256; i += 16) lines.add(new String(characters, i, 16));
        write(
                RESOURCES.resolve("base256emoji.txt"),
                "The characters of base256emoji, in the order of the byte values 0 to 255.",
                lines);
    }

    private List<String> bases() throws Exception {
        return ask(new byte[0], "multibase", "list").lines().map(String::strip).toList();
    }

    private void multibase() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String base : bases()) {
            if (base.equals("identity")) continue; // not text
            for (int size : SIZES) {
                for (int zeros : new int[] {0, 3}) {
                    byte[] data = sample(size);
                    for (int i = 0; i < Math.min(zeros, size); i++) data[i] = 0;
                    if (zeros > 0 && size == 0) continue;
                    String text = ask(data, "multibase", "encode", "-b", base).stripTrailing();
                    lines.add(base + "\t" + HexFormat.of().formatHex(data) + "\t" + text);
                }
            }
        }
        write(TESTDATA.resolve("multibase.tsv"), "base, bytes, text", lines);
    }

    /// Bytes i * 167 + 13 modulo 256: a permutation, so that every value occurs.
    private static byte[] sample(int size) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) data[i] = (byte) (i * 167 + 13);
        return data;
    }

    private static String varint(long value) {
        var out = new StringBuilder();
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) out.append("%02x".formatted(rest & 0x7f | 0x80));
        return out.append("%02x".formatted(rest)).toString();
    }

    private void cids() throws Exception {
        List<String> inBinary = new ArrayList<>();
        long[] codecs = {0x70, 0x0129, 0x3ffff0, 1L << 62};
        long[][] hashes = {
            {0x12, 32},
            {0x12, 20},
            {0x11, 20},
            {0x13, 64},
            {0x00, 0},
            {0x00, 1},
            {0x00, 128},
            {0x1e, 32},
            {0x1e, 128},
            {0x56, 32},
            {0xb220, 32},
            {0x22, 8},
            {0x7777, 5}
        };
        for (long codec : codecs) {
            for (long[] hash : hashes) {
                String digest = HexFormat.of().formatHex(sample((int) hash[1]));
                inBinary.add("f01" + varint(codec) + varint(hash[0]) + varint(hash[1]) + digest);
            }
        }
        List<String> lines = new ArrayList<>();
        byte[] in = String.join("\n", inBinary).getBytes(StandardCharsets.US_ASCII);
        for (String base : bases()) {
            if (base.equals("identity")) continue;
            String[] out = ask(in, "cid", "format", "-b", base, "-f", "%s\t%c\t%h\t%L").split("\n");
            for (int i = 0; i < inBinary.size(); i++)
                lines.add(inBinary.get(i).substring(1) + "\t" + base + "\t" + out[i]);
        }
        for (int first = 0; first < 256; first += 15) {
            byte[] digest = sample(32);
            digest[0] = (byte) first;
            String hash = "1220" + HexFormat.of().formatHex(digest);
            byte[] one = ("f0170" + hash).getBytes(StandardCharsets.US_ASCII);
            String text = ask(one, "cid", "format", "-v", "0", "-f", "%s\t%c\t%h\t%L").strip();
            lines.add(hash + "\tbase58btc\t" + text);
        }
        write(TESTDATA.resolve("cid.tsv"), "bytes, base, text, codec, hash, digest size", lines);
    }

    private void notCids() throws Exception {
        String v0 = "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN";
        v0 = v0.substring(0, 46);
        String v1 = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
        List<String> texts = new ArrayList<>();
        for (int length : new int[] {1, 2, 3, 44, 45}) texts.add(v0.substring(0, length));
        texts.add(v0 + "N");
        for (String wrong : new String[] {"0", "O", "I", "l", "-", " ", "ü", "🚀"})
            for (int at : new int[] {0, 1, 2, 30, 45})
                texts.add(v0.substring(0, at) + wrong + v0.substring(at + 1));
        texts.add(v0.toLowerCase(java.util.Locale.ROOT));
        texts.add(v0.toUpperCase(java.util.Locale.ROOT));
        texts.add("z" + v0);
        texts.add("Qn" + v0.substring(2));
        texts.add("Qa" + v0.substring(2));
        for (int length : new int[] {1, 2, 3, 10, 40, 55, 56, 57, 58})
            texts.add(v1.substring(0, length));
        for (String more : new String[] {"a", "aa", "e", "=", "======", " ", "\r"})
            texts.add(v1 + more);
        for (String wrong : new String[] {"0", "1", "8", "9", "-", " ", "A", "Z", "ü"})
            for (int at : new int[] {0, 1, 2, 30, 58})
                texts.add(v1.substring(0, at) + wrong + v1.substring(at + 1));
        texts.add(v1.substring(0, 58) + "f"); // bits past the end
        texts.add(v1.substring(0, 58) + "h");
        String hash = "1220" + HexFormat.of().formatHex(sample(32));
        texts.add("f");
        texts.add("f0155" + hash + "0"); // half a byte
        texts.add("f0155" + hash + "00"); // trailing byte
        texts.add("f0155" + hash.substring(0, 66)); // digest cut short
        texts.add("f0155" + "12");
        texts.add("f0155");
        texts.add("f01");
        texts.add("f00" + "55" + hash); // version 0 with a prefix
        texts.add("f02" + "55" + hash);
        texts.add("f12" + "55" + hash);
        texts.add("f8100" + "55" + hash); // version, not minimal
        texts.add("f01d500" + hash); // codec, not minimal
        texts.add("f0155" + "9200" + hash.substring(2)); // function, not minimal
        texts.add("f0155" + "12a000" + hash.substring(4)); // length, not minimal
        texts.add("f01ffffffffffffffff7f" + hash); // 63 bits: allowed
        texts.add("f01ffffffffffffffffff01" + hash); // 64 bits
        texts.add("f01ffffffffffffffffffff01" + hash);
        texts.add("f0155" + "12ffffffffffffffff7f" + hash.substring(4));
        texts.add("f0155" + "00" + "8101" + HexFormat.of().formatHex(sample(129)));
        texts.add("f" + hash); // a CIDv0 in base16
        texts.add("x" + v1);
        texts.add("/ipfs/" + v1);
        texts.add("p" + v1);
        texts.add("1" + v1);
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            Answer answer = run(new byte[0], "cid", "format", "-f", "%s", "--", text);
            lines.add(escape(text) + "\t" + (answer.exit() == 0 ? "accepted" : "refused"));
        }
        write(
                TESTDATA.resolve("not-cid.tsv"),
                "text (Java escapes), what Kubo's `cid format` says of it",
                lines);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\r", "\\r");
    }

    private void allowedHashes() throws Exception {
        write(
                TESTDATA.resolve("hashes-allowed.tsv"),
                "number and name of the functions that may name new blocks",
                ask(new byte[0], "cid", "hashes", "--numeric")
                        .lines()
                        .map(line -> line.strip().replaceAll("\\s+", "\t"))
                        .toList());
    }

    private void hashes() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : ask(new byte[0], "cid", "hashes", "--numeric").lines().toList()) {
            String name = line.strip().split("\\s+")[1];
            boolean family = name.matches("blake2[bs]-.*");
            for (int size : HASHED_SIZES) {
                if (family && size != 0 && size != 129) continue; // 58 functions of one make
                if (name.equals("identity") && size > 128) continue;
                for (int length : new int[] {-1, 20, 128}) {
                    if (length > 0 && (family || size != 129)) continue;
                    byte[] data = new byte[size];
                    for (int i = 0; i < size; i++) data[i] = (byte) (i % 251);
                    String mhlen = "--mhlen=" + length;
                    Answer put = run(data, "block", "put", "--mhtype=" + name, mhlen);
                    if (put.exit() != 0) {
                        System.out.println(name + " " + size + " " + length + ": " + put.err());
                        continue;
                    }
                    byte[] cid = put.out().getBytes(StandardCharsets.US_ASCII);
                    String hash = ask(cid, "cid", "format", "-b", "base16", "-f", "%m").strip();
                    lines.add(name + "\t" + size + "\t" + hash.substring(1));
                }
            }
        }
        write(
                TESTDATA.resolve("hashes.tsv"),
                "function, size n of the input (bytes i mod 251), multihash",
                lines);
    }

    /// Names of all numbers of the registry, from what `cid format` calls the codec of a CID, and
    /// what each is: a codec of blocks by `cid codecs`, a hash by what `cid format` calls it.
    private void names() throws Exception {
        List<Integer> codes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int step = 1 << 17;
        for (int from = 0; from < CODES; from += step) {
            var in = new StringBuilder();
            for (int code = from; code < from + step; code++)
                in.append("f01").append(varint(code)).append("0000\n");
            byte[] cids = in.toString().getBytes(StandardCharsets.US_ASCII);
            String[] out = ask(cids, "cid", "format", "-f", "%c").split("\n");
            for (int i = 0; i < step; i++)
                if (!out[i].contains("?") && !out[i].startsWith("Code(")) {
                    codes.add(from + i);
                    names.add(out[i]);
                }
        }
        Set<String> blocks = Set.of(ask(new byte[0], "cid", "codecs").split("\n"));
        List<String> hashes = hashNames(codes);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            String line = Integer.toHexString(codes.get(i)) + "\t" + names.get(i);
            if (blocks.contains(names.get(i))) line += "\tblock";
            if (hashes.get(i).equals(names.get(i))) line += "\thash";
            lines.add(line);
        }
        write(
                RESOURCES.resolve("multicodec.tsv"),
                "Multicodec numbers (hexadecimal), their names, and which are of blocks or hashes.",
                lines);
    }

    /// What `cid format` calls numbers as those of hash functions.
    private List<String> hashNames(List<Integer> codes) throws Exception {
        var in = new StringBuilder();
        for (int code : codes) in.append("f0155").append(varint(code)).append("00\n");
        byte[] cids = in.toString().getBytes(StandardCharsets.US_ASCII);
        return List.of(ask(cids, "cid", "format", "-f", "%h").split("\n"));
    }
}
