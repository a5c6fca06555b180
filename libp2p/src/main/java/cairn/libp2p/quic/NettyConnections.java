package cairn.libp2p.quic;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The connections of Netty's QUIC codecs by the ids that they answer to, which a codec keeps to
/// itself: those that this host gave out, and the one that a client made up for its first packets.
final class NettyConnections {
    /// The method that looks an id up, for each class of codec, of which there are two.
    private static final ClassValue<Method> LOOK_UP =
            new ClassValue<>() {
                @Override
                protected Method computeValue(Class<?> type) {
                    return find(type);
                }
            };

    private NettyConnections() {}

    private static Method find(Class<?> type) {
        try {
            Method method = type.getSuperclass().getDeclaredMethod("getChannel", ByteBuffer.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Netty has changed: " + type, e);
        }
    }

    /// The connection of a codec with an id; empty where there is none. Loop only.
    static Optional<QuicChannel> named(ChannelHandler codec, ByteBuffer id) {
        try {
            return Optional.ofNullable(
                    (QuicChannel) LOOK_UP.get(codec.getClass()).invoke(codec, id));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Netty has changed: " + codec.getClass(), e);
        }
    }
}
