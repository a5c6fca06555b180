package cairn.rpc.server;

import java.time.Duration;
import java.time.InstantSource;

/// How a server answers.
///
/// @param agent named in answers, such as `cairn/0.1.0`
/// @param callers says who may call
/// @param log hears of each request
/// @param patience with clients that are slow
public record ServerOptions(
        String agent, Callers callers, RequestLog log, ServerOptions.Patience patience) {
    /// How long clients may take.
    ///
    /// @param request to send a request's head, and its body where no one reads that
    /// @param body to send the next byte of a body that someone waits for
    public record Patience(Duration request, Duration body) {
        /// A head is one packet, in general. A body may be what someone types, or what a program
        /// works out that is piped into `cairn add`.
        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(20), Duration.ofHours(1));
    }

    /// With the usual patience.
    public ServerOptions(String agent, Callers callers, RequestLog log) {
        this(agent, callers, log, Patience.DEFAULT);
    }

    /// For this machine alone, with a log of its own.
    public static ServerOptions local(String agent) {
        return new ServerOptions(agent, Callers.LOCAL, new RequestLog(InstantSource.system()));
    }
}
