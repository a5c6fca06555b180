package cairn.rpc.server;

import java.io.IOException;

/// An endpoint answers the requests to one path. It runs on a thread of its own, which is
/// interrupted when the client has gone or the request's time is over.
@FunctionalInterface
public interface Endpoint {
    /// Answers a request.
    ///
    /// @throws RequestException when the request makes no sense
    /// @throws IOException when what was asked for failed; the client is told its message
    void answer(Request request, Reply reply) throws IOException;

    /// Whether it reads a request's body. That of others is passed over, up to a limit.
    default boolean readsBody() {
        return false;
    }

    /// An endpoint that takes an option under a short name too, as Kubo's do.
    static Endpoint withShortName(String letter, String option, Endpoint endpoint) {
        return (request, reply) -> endpoint.answer(request.renamed(letter, option), reply);
    }
}
