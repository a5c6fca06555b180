package cairn.interop;

import java.util.List;

/// What a host of Cairn speaks below its streams, as far as it is told to by its options.
final class CairnSpeaks {
    static final List<Carrier> CARRIERS = List.of(Carrier.values());
    static final List<String> SECURITIES = List.of("tls", "noise");

    private CairnSpeaks() {}
}
