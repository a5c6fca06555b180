package cairn.libp2p.quic;

import io.netty.handler.codec.quic.QuicChannel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What Netty's QUIC channels keep of their streams. A stream that ended by a reset, rather than by
/// the other end's last byte, would stay in a channel's table until the connection ends, so that a
/// peer could fill the memory with resets; it is taken out here, by a method that Netty keeps to
/// itself.
final class NettyStreams {
    private static final String METHOD = "streamClosed";

    private NettyStreams() {}

    /// The method, looked up once for each class of channel, of which there is one.
    private static final ClassValue<MethodHandle> FORGET =
            new ClassValue<>() {
                @Override
                protected MethodHandle computeValue(Class<?> type) {
                    try {
                        return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                                .findVirtual(
                                        type, METHOD, MethodType.methodType(void.class, long.class))
                                .asType(
                                        MethodType.methodType(
                                                void.class, QuicChannel.class, long.class));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("Netty has changed: " + type, e);
                    }
                }
            };

    /// Takes an ended stream out. Loop only.
    static void forget(QuicChannel channel, long stream) {
        try {
            FORGET.get(channel.getClass()).invokeExact(channel, stream);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(METHOD + " throws nothing that is checked", e);
        }
    }
}
