package cairn.libp2p.quic.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryTokensTest {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private Instant now = Instant.EPOCH;
    private boolean needed = true;
    private final RetryTokens tokens = new RetryTokens(() -> now, () -> needed);
    private InetSocketAddress address;
    private ByteBuf token;

    @BeforeEach
    void give_a_token() throws UnknownHostException {
        address = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 4001);
        token = Unpooled.buffer();
        assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(ID), address)).isTrue();
        assertThat(token.readableBytes()).isLessThanOrEqualTo(tokens.maxTokenLength());
    }

    @Test
    void a_token_that_comes_back_tells_the_first_id() {
        int at = tokens.validateToken(token, address);
        byte[] id = new byte[token.readableBytes() - at];
        token.getBytes(at, id);
        assertThat(id).isEqualTo(ID);
    }

    @Test
    void nobody_is_asked_while_there_is_no_need() {
        needed = false;
        ByteBuf none = Unpooled.buffer();
        assertThat(tokens.writeToken(none, Unpooled.wrappedBuffer(ID), address)).isFalse();
        assertThat(none.isReadable()).isFalse();
    }

    @Test
    void a_token_is_good_for_the_address_it_was_sent_to_alone() throws UnknownHostException {
        assertThat(tokens.validateToken(token, new InetSocketAddress(address.getAddress(), 4002)))
                .isEqualTo(-1);
        assertThat(
                        tokens.validateToken(
                                token,
                                new InetSocketAddress(InetAddress.getByName("192.0.2.2"), 4001)))
                .isEqualTo(-1);
    }

    @Test
    void a_token_is_good_for_a_while() {
        now = now.plus(RetryTokens.LIFETIME);
        assertThat(tokens.validateToken(token, address)).isPositive();
        now = now.plus(Duration.ofMillis(1));
        assertThat(tokens.validateToken(token, address)).isEqualTo(-1);
    }

    @Test
    void a_token_of_another_process_is_none() {
        assertThat(new RetryTokens(() -> now, () -> true).validateToken(token, address))
                .isEqualTo(-1);
    }

    @Test
    void a_token_with_any_bit_changed_is_none() {
        for (int bit = 0; bit < token.readableBytes() * 8; bit++) {
            ByteBuf changed = token.copy();
            changed.setByte(bit / 8, changed.getByte(bit / 8) ^ 1 << bit % 8);
            assertThat(tokens.validateToken(changed, address)).as("bit %d", bit).isEqualTo(-1);
        }
    }
}
