package cairn.cli.keys;

import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyException;
import cairn.node.keys.NewKey;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes keys of the type and size that a call asks for.
final class NewKeys {
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

    static SigningKey generate(Invocation call) throws KeyException {
        OptionalLong size = call.number("--size");
        return NewKey.generate(
                call.text("--type"),
                size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty());
    }
}
