package cairn.cli.network;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.Closeable;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Gives the heap's memory back to the system once the process has calmed down. A heap that grew
/// while blocks flowed would stay as it is: nothing collects it while nothing is allocated.
///
/// State is owned by its thread.
final class IdleHeap implements Closeable {
    /// A process whose heap was not collected for so long is calm.
    static final Duration CALM = Duration.ofSeconds(10);

    /// A heap of this size stays as it is: a collection would free little.
    private static final long SMALL = 48L << 20;

    /// How much of a calm heap is left free, in per cent of it: enough that idle connections don't
    /// have it collected.
    private static final String LEAST_FREE = "30";

    private static final String MOST_FREE = "40";

    private final Duration calm;
    private final Thread thread = Thread.ofVirtual().name("idle-heap").unstarted(this::watch);
    private long collections = -1;
    private boolean shrunk = true;

    private IdleHeap(Duration calm) {
        this.calm = calm;
    }

    /// Begins to watch the heap.
    ///
    /// @param calm as [#CALM]
    static IdleHeap watched(Duration calm) {
        IdleHeap heap = new IdleHeap(calm);
        heap.thread.start();
        return heap;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(calm);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        long now = collections();
        if (now != collections) shrunk = false;
        else if (!shrunk) {
            shrunk = true;
            if (committed() > SMALL) shrink();
        }
        collections = collections();
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    private static void shrink() {
        var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String least = vm.getVMOption("MinHeapFreeRatio").getValue();
        String most = vm.getVMOption("MaxHeapFreeRatio").getValue();
        vm.setVMOption("MinHeapFreeRatio", LEAST_FREE);
        vm.setVMOption("MaxHeapFreeRatio", MOST_FREE);
        try {
            System.gc();
        } finally {
            vm.setVMOption("MaxHeapFreeRatio", most);
            vm.setVMOption("MinHeapFreeRatio", least);
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
