package cairn.libp2p.identify;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.swarm.SwarmListener;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identify asks every peer that is met what it is, says what this host is, and pushes that again
/// when it changes.
///
/// What a peer says is believed as far as it can be checked: its key must be the one that it proved
/// to have, a signed record must be signed with that key. **Limits:** [#MAX_MESSAGES] messages of
/// [#MAX_MESSAGE_BYTES] and five seconds for an answer, 32 pushes at once, and so many pushes taken
/// from a connection as [PushAllowance] says.
public final class Identify implements SwarmListener {
    public static final String PROTOCOL = "/ipfs/id/1.0.0";
    public static final String PUSH_PROTOCOL = "/ipfs/id/push/1.0.0";

    /// What is read of a peer, as go-libp2p has it.
    static final int MAX_MESSAGE_BYTES = 8 << 10;

    static final int MAX_MESSAGES = 10;

    /// The most that one message of ours has, unless it is one signed record: go-libp2p's figure;
    /// rust-libp2p reads 4,096 in all.
    private static final int OWN_MESSAGE_BYTES = 2 << 10;

    private static final Duration TIME = Duration.ofSeconds(5);

    private static final int MAX_PUSHES_AT_ONCE = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Identify.class);

    private final Swarm swarm;
    private final SigningKey key;
    private final String agentVersion;
    private final String protocolVersion;
    private final Announcer announcer;
    private final IdentifyObserver observer;
    private final OwnRecords records;
    private final PushAllowance allowance;
    private final Semaphore pushes = new Semaphore(MAX_PUSHES_AT_ONCE);

    public Identify(
            Swarm swarm,
            SigningKey key,
            String protocolVersion,
            String agentVersion,
            Announcer announcer,
            IdentifyObserver observer,
            InstantSource clock) {
        this.swarm = swarm;
        this.key = key;
        this.protocolVersion = protocolVersion;
        this.agentVersion = agentVersion;
        this.announcer = announcer;
        this.observer = observer;
        this.records = new OwnRecords(key, clock);
        this.allowance = new PushAllowance(clock);
    }

    /// Serves the two protocols, and asks whoever connects from now on.
    public void start() {
        swarm.handle(PROTOCOL, this::answer);
        swarm.handle(PUSH_PROTOCOL, this::takePush);
        swarm.subscribe(this);
    }

    @Override
    public void connected(Connection connection) {
        Thread.ofVirtual().name("identify " + connection.peer()).start(() -> ask(connection));
    }

    @Override
    public void disconnected(Connection connection) {
        allowance.forget(connection);
    }

    @Override
    public void addressesChanged(List<Multiaddr> addresses) {
        records.forget();
        pushToAll();
    }

    /// Tells all peers that take pushes what this host is now: after its protocols or addresses
    /// have changed.
    public void pushToAll() {
        for (Connection connection : swarm.connections()) {
            if (!takesPushes(connection)) continue;
            Thread.ofVirtual().name("push to " + connection.peer()).start(() -> push(connection));
        }
    }

    private static boolean takesPushes(Connection connection) {
        return connection
                .remoteInfo()
                .filter(info -> info.protocols().contains(PUSH_PROTOCOL))
                .isPresent();
    }

    private void ask(Connection connection) {
        try (ProtocolStream stream = connection.open(List.of(PROTOCOL))) {
            stream.deadline(TIME);
            stream.closeWrite();
            learn(connection, read(stream, IdentifyMessage.EMPTY));
        } catch (IOException e) {
            LOG.debug("{} doesn't say what it is: {}", connection.peer(), e.toString());
            connection.remainsUnknown();
        }
    }

    private void push(Connection connection) {
        try {
            pushes.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try (ProtocolStream stream = connection.open(List.of(PUSH_PROTOCOL))) {
            stream.deadline(TIME);
            write(stream);
        } catch (IOException e) {
            LOG.debug("can't push to {}: {}", connection.peer(), e.toString());
        } finally {
            pushes.release();
        }
    }

    private void answer(ProtocolStream stream) throws IOException {
        stream.deadline(TIME);
        write(stream);
    }

    private void takePush(ProtocolStream stream) throws IOException {
        if (!allowance.take(stream.connection())) throw new IOException("too many pushes");
        stream.deadline(TIME);
        // What a push leaves out stays as it was; it isn't added to.
        learn(stream.connection(), read(stream, IdentifyMessage.EMPTY));
    }

    private void write(ProtocolStream stream) throws IOException {
        for (byte[] message : self(stream.connection()).encode(OWN_MESSAGE_BYTES))
            Messages.write(stream, message);
        stream.closeWrite();
    }

    private static IdentifyMessage read(ProtocolStream stream, IdentifyMessage before)
            throws IOException {
        IdentifyMessage all = before;
        for (int i = 0; i < MAX_MESSAGES; i++) {
            Optional<byte[]> message = Messages.read(stream, MAX_MESSAGE_BYTES);
            if (message.isEmpty()) return all;
            all = all.merge(message.get());
        }
        return all;
    }

    private IdentifyMessage self(Connection to) {
        List<Multiaddr> addresses = announcer.addresses(to);
        return new IdentifyMessage(
                Optional.of(ByteBuffer.wrap(key.publicKey().encode())),
                addresses,
                new LinkedHashSet<>(swarm.protocols()),
                Optional.of(to.remoteAddress()),
                Optional.of(protocolVersion),
                Optional.of(agentVersion),
                Optional.of(records.sealed(addresses)));
    }

    private void learn(Connection connection, IdentifyMessage message) throws IOException {
        if (message.publicKey().isPresent()
                && !message.publicKey()
                        .get()
                        .equals(ByteBuffer.wrap(connection.remoteKey().encode())))
            throw new MalformedException("identify: another key than the connection's");
        Optional<PeerRecord> signed = Optional.empty();
        if (message.signedPeerRecord().isPresent())
            signed = Optional.of(signed(connection, message.signedPeerRecord().get()));
        RemoteInfo before =
                connection
                        .remoteInfo()
                        .orElse(new RemoteInfo("", "", Set.of(), List.of(), Optional.empty()));
        RemoteInfo info =
                new RemoteInfo(
                        message.protocolVersion().orElse(before.protocolVersion()),
                        message.agentVersion().orElse(before.agentVersion()),
                        message.protocols().isEmpty() ? before.protocols() : message.protocols(),
                        message.listenAddresses().isEmpty()
                                ? before.addresses()
                                : message.listenAddresses(),
                        message.observedAddress().or(before::observed));
        // First, so that who finds the peer identified finds its addresses too.
        observer.learned(connection, info, signed);
        connection.learned(info);
        swarm.identified(connection);
    }

    private static PeerRecord signed(Connection connection, ByteBuffer envelope)
            throws MalformedException {
        PeerRecord opened = PeerRecord.open(IdentifyMessage.bytes(envelope));
        if (!opened.peer().equals(connection.peer()))
            throw new MalformedException("identify: the record of another peer");
        return opened;
    }
}
