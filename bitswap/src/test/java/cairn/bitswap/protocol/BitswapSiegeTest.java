package cairn.bitswap.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.client.ClientOptions;
import cairn.bitswap.client.Session;
import cairn.bitswap.server.ServerOptions;
import cairn.bitswap.session.SessionOptions;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.testkit.hostile.Attack;
import cairn.testkit.hostile.BitswapAttacks;
import cairn.testkit.hostile.Siege;
import cairn.testkit.hostile.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a host bears that trades blocks: beside what [Siege] holds it to, it gives and gets blocks
/// while the attack is at its worst, with an honest peer that comes then.
@Timeout(120)
final class BitswapSiegeTest {
    private static final Limits LIMITS = Limits.of(64 << 20, 128);
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(20);
    private static final int BLOCK_BYTES = 64 << 10;

    private static final Blocks HERE = new Blocks(1, 50);
    private static final Blocks ELSEWHERE = new Blocks(2, 50);

    private static Host host;
    private static Bitswap bitswap;
    private static Siege siege;

    /// Blocks in memory.
    private static final class Blocks implements LocalBlocks {
        private final Map<Cid, Block> blocks = new LinkedHashMap<>();

        Blocks(int seed, int count) {
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[BLOCK_BYTES];
                random.nextBytes(bytes);
                var sha256 = Hashes.jdk().find(Multicodec.SHA2_256).orElseThrow();
                Block block = Block.hashed(1, Multicodec.RAW, sha256, bytes);
                blocks.put(block.cid(), block);
            }
        }

        List<Cid> cids() {
            return List.copyOf(blocks.keySet());
        }

        @Override
        public OptionalInt size(Cid cid) {
            return get(cid).map(block -> OptionalInt.of(block.size())).orElse(OptionalInt.empty());
        }

        @Override
        public Optional<Block> get(Cid cid) {
            return Optional.ofNullable(blocks.get(cid));
        }
    }

    @BeforeAll
    static void begin() throws IOException {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .limits(LIMITS)
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        bitswap = trading(host, HERE);
        siege = Siege.of(host, Target::tcp);
    }

    private static Bitswap trading(Host on, LocalBlocks blocks) {
        return Bitswap.open(
                on,
                blocks,
                (_, _) -> {},
                new BitswapOptions(ClientOptions.of(Hashes.jdk()), ServerOptions.DEFAULTS));
    }

    @AfterAll
    static void end() throws IOException {
        siege.close();
        bitswap.close();
        host.close();
    }

    /// A peer that has what the host lacks, and lacks what it has.
    private static final class Honest implements Closeable {
        private final Host self =
                Host.open(HostOptions.of(SigningKey.generate()).agentVersion("honest"));
        private final Bitswap trade = trading(self, ELSEWHERE);

        Honest() throws IOException {
            self.connect(host.listenAddresses().getFirst().withPeer(host.id()));
        }

        /// Each gets all from the other.
        void trade() throws IOException {
            fetch(trade, HERE.cids());
            fetch(bitswap, ELSEWHERE.cids());
        }

        @Override
        public void close() throws IOException {
            trade.close();
            self.close();
        }
    }

    private static void fetch(Bitswap from, List<Cid> cids) throws IOException {
        try (Session session = from.session(SessionOptions.DEFAULT.searchTime(SERVED_WITHIN))) {
            for (Cid cid : cids) session.get(cid);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching");
        }
    }

    /// What is done, and then an honest peer that comes.
    private static Attack withHonest(Attack attack, List<IOException> unserved) {
        return attacker -> {
            try {
                attack.perform(attacker);
            } finally {
                try (Honest honest = new Honest()) {
                    honest.trade();
                } catch (IOException e) {
                    unserved.add(e);
                }
            }
        };
    }

    private static Optional<IOException> borne(Attack attack) throws IOException {
        List<IOException> unserved = new ArrayList<>();
        var end = siege.bear(withHonest(attack, unserved)).getFirst();
        assertThat(unserved).as("what an honest peer met with").isEmpty();
        assertThat(bitswap.server().stat().wants()).as("wants that are kept").isZero();
        assertThat(bitswap.server().stat().bytesInMemory()).as("bytes that are kept").isZero();
        assertThat(bitswap.client().wantlist()).as("what is wanted still").isEmpty();
        return end;
    }

    @ParameterizedTest
    @MethodSource
    void the_host_cuts_off(Attack attack) throws IOException {
        assertThat(borne(attack)).as("the end of the attack").isPresent();
    }

    static Stream<Arguments> the_host_cuts_off() {
        Multiaddr at = host.listenAddresses().getFirst();
        return Stream.of(
                argumentSet("unwanted blocks", BitswapAttacks.unwantedBlocks(at, 5_000, 16 << 10)),
                argumentSet("large ones", BitswapAttacks.unwantedBlocks(at, 100, 2 << 20)),
                argumentSet("nameless", BitswapAttacks.blocksWithoutNames(at, 1_000, 64 << 10)),
                argumentSet("blocks too large", BitswapAttacks.unwantedBlocks(at, 2, 3 << 20)),
                argumentSet("huge message", BitswapAttacks.endlessMessage(at, 1L << 30)),
                argumentSet("length of 2^60", BitswapAttacks.endlessMessage(at, 1L << 60)));
    }

    /// Each of them holds what a peer may have on its way into memory, all of them all.
    @Test
    void several_who_drip_leave_room_for_the_blocks_of_others() throws IOException {
        Multiaddr at = host.listenAddresses().getFirst();
        List<IOException> unserved = new ArrayList<>();
        Attack drip = BitswapAttacks.drip(at, 4, 2 << 20);
        siege.bear(drip, drip, drip, drip, drip, withHonest(drip, unserved));
        assertThat(unserved).as("what an honest peer met with").isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void the_host_bears(Attack attack) throws IOException {
        borne(attack);
    }

    static Stream<Arguments> the_host_bears() {
        Multiaddr at = host.listenAddresses().getFirst();
        return Stream.of(
                argumentSet("10,000,000 wants", BitswapAttacks.wantlist(at, 10_000_000)),
                argumentSet("want and cancel", BitswapAttacks.wantsAndCancels(at, 50_000)),
                argumentSet("never reads", BitswapAttacks.neverReads(at, HERE.cids(), 200)),
                argumentSet(
                        "promises",
                        BitswapAttacks.promises(at, ELSEWHERE.cids(), Duration.ofSeconds(2))),
                argumentSet("a thousand streams", BitswapAttacks.streams(at, 1_000)),
                argumentSet("nested wantlists", BitswapAttacks.nestedMessage(at, 1, 10_000)),
                argumentSet("nested payloads", BitswapAttacks.nestedMessage(at, 3, 10_000)),
                argumentSet("unknown fields", BitswapAttacks.nestedMessage(at, 9, 10_000)),
                argumentSet("drip", BitswapAttacks.drip(at, 200, 2 << 20)));
    }
}
