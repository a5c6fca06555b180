package cairn.cli.daemon;

import cairn.rpc.client.RequestBody;
import java.util.Set;

/// What a call sends to a daemon besides its options.
///
/// @param kept the options, by their names, that concern the files, and which the daemon isn't told
/// @param source the name of the only file, for progress; empty where there are several
/// @param body the files
public record Outgoing(Set<String> kept, String source, RequestBody body) {
    public Outgoing {
        kept = Set.copyOf(kept);
    }
}
