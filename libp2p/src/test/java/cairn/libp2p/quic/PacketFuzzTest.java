package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.quic.retry.InitialHeader;
import cairn.libp2p.quic.retry.Retries;
import cairn.libp2p.quic.retry.RetryTokens;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;

/// What is read of a packet before QUIC itself reads it: the id that routes it, the header of a
/// first one, and a retry token.
class PacketFuzzTest {
    @FuzzTest
    void any_packet_is_routed_or_dropped(byte[] packet) {
        ConnectionIds ids = new ConnectionIds();
        Retries retries =
                new Retries(
                        new RetryTokens(InstantSource.system(), () -> true),
                        () -> ids.newId(ConnectionIds.LENGTH));
        PacketRouter router = new PacketRouter(ids, new Batch(() -> {}), retries);
        ByteBuf in = Unpooled.wrappedBuffer(packet);
        assertThat(router.route(in)).isEmpty();
        assertThat(in.readerIndex()).isZero();
    }

    @FuzzTest
    void any_packet_is_a_first_one_or_not(byte[] packet) {
        ByteBuf in = Unpooled.wrappedBuffer(packet);
        InitialHeader.read(in)
                .ifPresent(
                        header ->
                                assertThat(
                                                header.firstId().readableBytes()
                                                        + header.clientId().readableBytes()
                                                        + header.token().readableBytes())
                                        .isLessThan(packet.length));
        assertThat(in.readerIndex()).isZero();
    }

    @FuzzTest
    void no_token_is_good_that_was_not_given(byte[] token) {
        var tokens = new RetryTokens(InstantSource.system(), () -> true);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4001);
        assertThat(tokens.validateToken(Unpooled.wrappedBuffer(token), address)).isEqualTo(-1);
    }
}
