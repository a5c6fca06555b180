package cairn.interop.blocks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// What was found, in one word that all implementations can tell: a SHA-256 in hexadecimal.
/// - of a file: of its bytes
/// - of a folder: of a line `NAME SHA-256` for each of its files, sorted by name, each with `\n`
/// - of a DAG: of the bytes of its blocks, each once, as a walk meets them that goes down first
final class Digests {
    private Digests() {}

    /// The digest of a file's bytes.
    static String ofFile(Source source) throws IOException {
        MessageDigest digest = sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            source.writeTo(out);
        }
        return hex(digest);
    }

    /// The digest of a folder's files.
    ///
    /// @param files the digest of each by its name
    static String ofFolder(Map<String, String> files) {
        MessageDigest digest = sha256();
        new TreeMap<>(files)
                .forEach(
                        (name, sum) ->
                                digest.update(
                                        (name + " " + sum + "\n")
                                                .getBytes(StandardCharsets.UTF_8)));
        return hex(digest);
    }

    /// The digest of a folder on disk, which holds files alone.
    static String ofFolder(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path file : entries)
                files.put(file.getFileName().toString(), ofFile(out -> Files.copy(file, out)));
        }
        return ofFolder(files);
    }

    /// The digest of blocks, one after the other.
    static String ofBlocks(Blocks blocks) throws IOException {
        MessageDigest digest = sha256();
        blocks.forEach(digest::update);
        return hex(digest);
    }

    /// The digest of a stream's bytes.
    static String ofFile(InputStream in) throws IOException {
        return ofFile(in::transferTo);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Writes the bytes of a file.
    @FunctionalInterface
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Gives the bytes of blocks.
    @FunctionalInterface
    interface Blocks {
        void forEach(Sink sink) throws IOException;
    }

    /// Takes the bytes of one block.
    @FunctionalInterface
    interface Sink {
        void take(byte[] block);
    }
}
