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

    /// What it does with a request's body.
    default BodyUse bodyUse(Request request) {
        return BodyUse.NONE;
    }

    /// What an endpoint does with a request's body. That the client has gone is only seen once all
    /// that it sent was read.
    enum BodyUse {
        /// It is passed over before the endpoint works, up to a limit.
        NONE,
        /// It is read while the endpoint works, up to a limit beyond what the endpoint has taken.
        AHEAD,
        /// The endpoint reads it to its end, as it comes.
        READ
    }

    /// An endpoint that takes an option under a short name too, as Kubo's do.
    static Endpoint withShortName(String letter, String option, Endpoint endpoint) {
        return (request, reply) -> endpoint.answer(request.renamed(letter, option), reply);
    }
}
