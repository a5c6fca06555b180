package cairn.rpc.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What a client may call that shows a secret. Source: Kubo's setting `API.Authorizations`.
///
/// @param header what its header `Authorization` must be
/// @param paths under which it may call; a path stands for all that begin with its segments
public record Authorization(String header, List<String> paths) {
    private static final String BEARER = "bearer:";
    private static final String BASIC = "basic:";

    public Authorization {
        paths = List.copyOf(paths);
    }

    /// An authorization for a secret as settings and the command line write it: `bearer:TOKEN`,
    /// `basic:USER:PASSWORD`, or `basic:` and these two in base64.
    ///
    /// @return empty when the secret has another form
    static Optional<Authorization> of(String secret, List<String> paths) {
        return headerOf(secret).map(header -> new Authorization(header, paths));
    }

    /// The header that shows a secret.
    public static Optional<String> headerOf(String secret) {
        if (secret.startsWith(BEARER) && secret.length() > BEARER.length())
            return Optional.of("Bearer " + secret.substring(BEARER.length()));
        if (!secret.startsWith(BASIC) || secret.length() == BASIC.length()) return Optional.empty();
        String rest = secret.substring(BASIC.length());
        if (!rest.contains(":")) return Optional.of("Basic " + rest);
        byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    /// Whether who shows this header may call a path.
    boolean allows(String shown, String path) {
        return MessageDigest.isEqual(digest(shown), digest(header))
                && paths.stream().anyMatch(allowed -> covers(allowed, path));
    }

    private static boolean covers(String allowed, String path) {
        String prefix = allowed.endsWith("/") ? allowed : allowed + "/";
        return path.equals(allowed) || path.startsWith(prefix);
    }

    /// So that how long a comparison takes tells nothing of a secret, not even its length.
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
