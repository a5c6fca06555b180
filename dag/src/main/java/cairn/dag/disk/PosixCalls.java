package cairn.dag.disk;

import cairn.dag.PathBytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/// The system calls that the JDK has no door to: `syncfs`, and `symlink` with a target of any
/// bytes.
@SuppressWarnings("restricted")
final class PosixCalls {
    private static final int O_RDONLY = 0;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle open;
    private final MethodHandle close;
    private final MethodHandle syncfs;
    private final MethodHandle symlink;

    private PosixCalls(
            MethodHandle open, MethodHandle close, MethodHandle syncfs, MethodHandle symlink) {
        this.open = open;
        this.close = close;
        this.syncfs = syncfs;
        this.symlink = symlink;
    }

    /// The calls; empty where the system lacks one of them.
    static Optional<PosixCalls> find() {
        if (!System.getProperty("os.name").equals("Linux")) return Optional.empty();
        Linker linker = Linker.nativeLinker();
        var open = linker.defaultLookup().find("open");
        var close = linker.defaultLookup().find("close");
        var syncfs = linker.defaultLookup().find("syncfs");
        var symlink = linker.defaultLookup().find("symlink");
        if (open.isEmpty() || close.isEmpty() || syncfs.isEmpty() || symlink.isEmpty())
            return Optional.empty();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        var one = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return Optional.of(
                new PosixCalls(
                        linker.downcallHandle(
                                open.get(),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_INT),
                                errno,
                                Linker.Option.firstVariadicArg(2)),
                        linker.downcallHandle(close.get(), one, errno),
                        linker.downcallHandle(syncfs.get(), one, errno),
                        linker.downcallHandle(
                                symlink.get(),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.ADDRESS),
                                errno)));
    }

    /// Writes all that the file system of a path holds back to its disk.
    void syncFileSystem(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment name = text(PathBytes.of(path).bytes(), arena);
            int fd = call(() -> (int) open.invokeExact(state, name, O_RDONLY));
            if (fd < 0) throw failed("open", path, state);
            int synced = call(() -> (int) syncfs.invokeExact(state, fd));
            IOException failure = synced < 0 ? failed("syncfs", path, state) : null;
            int closed = call(() -> (int) close.invokeExact(state, fd));
            if (failure != null) throw failure;
            if (closed < 0) throw failed("close", path, state);
        }
    }

    /// Makes a symbolic link that points to just these bytes.
    void symlink(byte[] target, Path link) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment from = text(target, arena);
            MemorySegment to = text(PathBytes.of(link).bytes(), arena);
            int made = call(() -> (int) symlink.invokeExact(state, from, to));
            if (made < 0) throw failed("symlink", link, state);
        }
    }

    /// A call of a method handle.
    @FunctionalInterface
    private interface Call {
        int run() throws Throwable;
    }

    private static int call(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            // A handle declares that it may throw anything. That of a native call throws nothing
            // checked.
            throw new IllegalStateException("a native call threw", e);
        }
    }

    private static MemorySegment text(byte[] bytes, Arena arena) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private static IOException failed(String call, Path path, MemorySegment state) {
        return new DiskException(
                call
                        + " of "
                        + DiskNames.shown(path)
                        + " failed with errno "
                        + (int) ERRNO.get(state, 0L));
    }
}
