package cairn.cli.keys;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.peer.KeyType;
import java.util.Arrays;
import java.util.OptionalLong;

/// Makes keys of the type and size that a call asks for.
final class NewKeys {
    /// What all keys but RSA's have.
    private static final int CURVE_BITS = 256;

    private NewKeys() {}

    static Usage addTo(Usage usage) {
        return usage.text(
                        "-t --type", "type", "ed25519, rsa, secp256k1 or ecdsa. Default: ed25519.")
                .number(
                        "-s --size",
                        "bits",
                        "The size of an rsa key, 2048 to 8192. Default: "
                                + SigningKey.RSA_BITS
                                + ".");
    }

    static SigningKey generate(Invocation call) throws UsageException {
        KeyType type = type(call);
        OptionalLong size = call.number("--size");
        if (type == KeyType.RSA) {
            long bits = size.orElse(SigningKey.RSA_BITS);
            if (bits < SigningKey.MIN_RSA_BITS)
                throw new UsageException(
                        "rsa keys must be >= " + SigningKey.MIN_RSA_BITS + " bits to be useful");
            if (bits > SigningKey.MAX_RSA_BITS)
                throw new UsageException(
                        "rsa keys must be <= " + SigningKey.MAX_RSA_BITS + " bits");
            return SigningKey.generateRsa((int) bits);
        }
        if (size.orElse(CURVE_BITS) != CURVE_BITS)
            throw new UsageException(
                    "invalid key size "
                            + size.getAsLong()
                            + ": "
                            + type.label()
                            + " keys are always "
                            + CURVE_BITS
                            + " bits");
        return SigningKey.generate(type);
    }

    private static KeyType type(Invocation call) throws UsageException {
        String label = call.text("--type").orElse(KeyType.ED25519.label());
        return Arrays.stream(KeyType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "unrecognized key type: "
                                                + Escapes.printable(label)
                                                + "; there are ed25519, rsa, secp256k1 and ecdsa"));
    }
}
