package cairn.libp2p.pnet;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// A private network is a key of 32 bytes that all its peers have. Its file, `swarm.key`, is the
/// line `/key/swarm/psk/1.0.0/`, a line that names how the key is written, `/base16/`, `/base64/`
/// or `/bin/`, and the key. Immutable, for use by many threads.
public final class PrivateNetwork {
    /// The most bytes of a file: a key in hex, its lines and some white space.
    public static final int MAX_FILE_BYTES = 1024;

    private static final int KEY_BYTES = 32;
    private static final String VERSION = "/key/swarm/psk/1.0.0/";
    private static final byte[] FINGERPRINT_NONCE = "finprint".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT_STREAM_BYTES = 64;
    private static final int FINGERPRINT_BYTES = 16;

    private final byte[] key;

    private PrivateNetwork(byte[] key) {
        this.key = key;
    }

    /// Reads the file.
    ///
    /// @throws MalformedException when it is of another version, names no encoding that is known,
    ///   or holds anything but a key of 32 bytes
    public static PrivateNetwork parse(byte[] file) throws MalformedException {
        if (file.length > MAX_FILE_BYTES)
            throw new MalformedException("swarm key: " + file.length + " bytes of file");
        int first = lineEnd(file, 0);
        String version = line(file, 0, first);
        if (!version.equals(VERSION))
            throw new MalformedException("swarm key: the first line isn't " + VERSION);
        int second = lineEnd(file, first + 1);
        byte[] rest = Arrays.copyOfRange(file, second + 1, file.length);
        byte[] key =
                switch (line(file, first + 1, second)) {
                    case "/base16/" -> base16(text(rest));
                    case "/base64/" -> base64(text(rest));
                    case "/bin/" -> rest;
                    default ->
                            throw new MalformedException(
                                    "swarm key: the second line is neither /base16/, /base64/ nor"
                                            + " /bin/");
                };
        if (key.length != KEY_BYTES)
            throw new MalformedException(
                    "swarm key: " + key.length + " bytes of key, not " + KEY_BYTES);
        return new PrivateNetwork(key);
    }

    private static int lineEnd(byte[] file, int from) throws MalformedException {
        for (int i = from; i < file.length; i++) if (file[i] == '\n') return i;
        throw new MalformedException("swarm key: it has no two lines before the key");
    }

    private static String line(byte[] file, int from, int to) {
        return text(Arrays.copyOfRange(file, from, to)).stripTrailing();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] base16(String text) throws MalformedException {
        try {
            return HexFormat.of().parseHex(text.strip());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("swarm key: the third line isn't base16");
        }
    }

    private static byte[] base64(String text) throws MalformedException {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("swarm key: the third line isn't base64");
        }
    }

    /// A connection as the network's peers see it, through the cipher. The connection is the
    /// returned one's from then on, and closed with it.
    public Duplex protect(Duplex connection) {
        return new ProtectedDuplex(connection, key);
    }

    /// Words that tell networks apart without telling the key: 16 bytes in hex, as Kubo prints
    /// them. They are SHAKE-128 of a piece of the key's stream, so that the key itself is hashed
    /// nowhere.
    public String fingerprint() {
        byte[] stream = new byte[FINGERPRINT_STREAM_BYTES];
        var cipher = new Salsa20Engine();
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), FINGERPRINT_NONCE));
        cipher.processBytes(stream, 0, stream.length, stream, 0);
        var hash = new SHAKEDigest(128);
        hash.update(stream, 0, stream.length);
        byte[] out = new byte[FINGERPRINT_BYTES];
        hash.doFinal(out, 0, out.length);
        return HexFormat.of().formatHex(out);
    }

    /// The fingerprint.
    @Override
    public String toString() {
        return "private network " + fingerprint();
    }
}
