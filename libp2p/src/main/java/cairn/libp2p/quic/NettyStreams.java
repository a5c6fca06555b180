package cairn.libp2p.quic;

import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;

/// What Netty's QUIC channels know of their streams and keep to themselves.
///
/// A stream that ended by a reset, rather than by the other end's last byte, would stay in a
/// channel's table until the connection ends, so that a peer could fill the memory with resets. And
/// what is written to a stream that the other end wants no more of would wait for ever, once QUIC
/// has forgotten that stream.
final class NettyStreams {
    private record Methods(Method closed, Method capacity, Method finish) {}

    /// QUIC's word for a stream that is no more, on which a channel closes and says nothing.
    private static final long NO_SUCH_STREAM = -7;

    /// The methods, looked up once for each class of channel, of which there is one.
    private static final ClassValue<Methods> METHODS =
            new ClassValue<>() {
                @Override
                protected Methods computeValue(Class<?> type) {
                    return new Methods(
                            find(type, "streamClosed"),
                            find(type, "streamCapacity"),
                            find(type, "streamSendFin"));
                }
            };

    /// The method of channels of streams, of which there is one class, too.
    private static final ClassValue<Method> WRITABLE =
            new ClassValue<>() {
                @Override
                protected Method computeValue(Class<?> type) {
                    return find(type, "writable");
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

    /// Closes the channel of a stream that was reset. Closed as others are, it would say that the
    /// stream ended in order, which the other end may hear first. Loop only.
    static void closeReset(QuicStreamChannel stream) {
        call(WRITABLE.get(stream.getClass()), stream, NO_SUCH_STREAM);
    }

    /// Whether anything can still be sent on a stream, now or later. Loop only.
    static boolean canSend(QuicChannel channel, long stream) {
        // How much can be sent now, or a negative number that names an error.
        return (Long) call(METHODS.get(channel.getClass()).capacity(), channel, stream) >= 0;
    }

    /// Whether so many bytes of a stream could be sent now. Loop only.
    static boolean hasRoom(QuicChannel channel, long stream, int bytes) {
        return (Long) call(METHODS.get(channel.getClass()).capacity(), channel, stream) >= bytes;
    }

    /// Whether QUIC still keeps a stream. Asking has it drop one that the other end has stopped and
    /// that is otherwise done. Loop only.
    static boolean isKept(QuicChannel channel, long stream) {
        return (Long) call(METHODS.get(channel.getClass()).capacity(), channel, stream)
                != NO_SUCH_STREAM;
    }

    /// Says once more that a stream has ended; when that is acknowledged, QUIC looks whether it can
    /// drop the stream. Loop only.
    static void finishAgain(QuicChannel channel, long stream) {
        try {
            METHODS.get(channel.getClass()).finish().invoke(channel, stream);
        } catch (InvocationTargetException e) {
            // It was reset meanwhile, or is no more: so much the better.
            return;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Netty has changed", e);
        }
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

    private static Object call(Method method, Channel channel, long argument) {
        try {
            return method.invoke(channel, argument);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e);
        }
    }
}
