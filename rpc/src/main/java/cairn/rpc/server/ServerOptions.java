package cairn.rpc.server;

import java.time.InstantSource;

/// How a server answers.
///
/// @param agent named in answers, such as `cairn/0.1.0`
/// @param callers says who may call
/// @param log hears of each request
public record ServerOptions(String agent, Callers callers, RequestLog log) {
    /// For this machine alone, with a log of its own.
    public static ServerOptions local(String agent) {
        return new ServerOptions(agent, Callers.LOCAL, new RequestLog(InstantSource.system()));
    }
}
