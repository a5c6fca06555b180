package cairn.libp2p.quic;

import io.netty.handler.codec.quic.QuicChannel;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;

/// Two things that Netty's QUIC channels know of their streams and keep to themselves.
///
/// A stream that ended by a reset, rather than by the other end's last byte, would stay in a
/// channel's table until the connection ends, so that a peer could fill the memory with resets. And
/// what is written to a stream that the other end wants no more of would wait for ever, once QUIC
/// has forgotten that stream.
final class NettyStreams {
    private record Methods(Method closed, Method capacity) {}

    /// The methods, looked up once for each class of channel, of which there is one.
    private static final ClassValue<Methods> METHODS =
            new ClassValue<>() {
                @Override
                protected Methods computeValue(Class<?> type) {
                    return new Methods(find(type, "streamClosed"), find(type, "streamCapacity"));
                }
            };

    private NettyStreams() {}

    private static Method find(Class<?> type, String name) {
        try {
            Method method = type.getDeclaredMethod(name, long.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Netty has changed: " + type, e);
        }
    }

    /// Takes an ended stream out of the table. Loop only.
    static void forget(QuicChannel channel, long stream) {
        call(METHODS.get(channel.getClass()).closed(), channel, stream);
    }

    /// Whether anything can still be sent on a stream, now or later. Loop only.
    static boolean canSend(QuicChannel channel, long stream) {
        // How much can be sent now, or a negative number that names an error.
        return (Long) call(METHODS.get(channel.getClass()).capacity(), channel, stream) >= 0;
    }

    /// How many streams are in the table, for tests. Loop only.
    static int remembered(QuicChannel channel) {
        try {
            Field streams = channel.getClass().getDeclaredField("streams");
            streams.setAccessible(true);
            return ((Map<?, ?>) streams.get(channel)).size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Netty has changed", e);
        }
    }

    private static Object call(Method method, QuicChannel channel, long stream) {
        try {
            return method.invoke(channel, stream);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e);
        }
    }
}
