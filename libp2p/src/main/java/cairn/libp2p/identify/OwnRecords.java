package cairn.libp2p.identify;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.multiaddr.Multiaddr;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/// The signed records of this host: one for each list of addresses that peers are told, signed when
/// it is first asked for. A signature takes up to some 18 ms (RSA-4096), which nobody is to buy by
/// asking again.
///
/// `this` guards all; it is held while a record is signed, for which whoever asks waits.
final class OwnRecords {
    /// The most that are kept: what is told differs by where a peer is, which is on this machine, a
    /// link, a local network or the internet.
    private static final int MAX_RECORDS = 8;

    private final SigningKey key;
    private final InstantSource clock;
    private final LinkedHashMap<List<Multiaddr>, ByteBuffer> sealed = new LinkedHashMap<>();
    private long lastSequence;

    OwnRecords(SigningKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /// The record of these addresses in its envelope, read-only.
    synchronized ByteBuffer sealed(List<Multiaddr> addresses) {
        List<Multiaddr> listed = List.copyOf(addresses);
        ByteBuffer known = sealed.get(listed);
        if (known != null) return known;
        lastSequence = Math.max(lastSequence + 1, clock.millis());
        byte[] signed = new PeerRecord(key.peerId(), lastSequence, listed).seal(key);
        ByteBuffer made = ByteBuffer.wrap(signed).asReadOnlyBuffer();
        sealed.put(listed, made);
        if (sealed.size() > MAX_RECORDS) sealed.pollFirstEntry();
        return made;
    }

    /// Says that addresses have changed: what is asked for from now on is signed anew, as a list
    /// that comes back must be newer than the one between.
    synchronized void forget() {
        sealed.clear();
    }
}
