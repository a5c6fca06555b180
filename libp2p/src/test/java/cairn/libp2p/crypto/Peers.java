package cairn.libp2p.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// What real peers made of keys, as `testdata/libp2p` has it.
final class Peers {
    /// A key of one type.
    ///
    /// @param number of the row, from 1
    record Key(int number, List<String> fields) {
        byte[] privateKey() {
            return bytes(fields.getFirst());
        }

        byte[] publicKey() {
            return bytes(fields.get(1));
        }

        String peerId() {
            return fields.get(2);
        }

        byte[] signature() {
            return bytes(fields.get(3));
        }

        byte[] pem() throws IOException {
            return Files.readAllBytes(folder().resolve("key-" + number + ".pem"));
        }

        @Override
        public String toString() {
            return peerId();
        }
    }

    /// What [Key#signature] signs.
    static final String MESSAGE = "the quick brown fox";

    private Peers() {}

    static List<Key> keys() throws IOException {
        List<List<String>> rows = rows("keys.tsv");
        return rows.stream().map(row -> new Key(rows.indexOf(row) + 1, row)).toList();
    }

    static List<List<String>> rows(String table) throws IOException {
        return Files.readAllLines(folder().resolve(table)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("testdata/libp2p"))) {
            at = at.getParent();
            if (at == null) throw new IllegalStateException("run within the project");
        }
        return at.resolve("testdata/libp2p");
    }
}
