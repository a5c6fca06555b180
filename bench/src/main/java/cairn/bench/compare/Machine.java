package cairn.bench.compare;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a comparison ran on, in one line each.
final class Machine {
    private static final double GB = 1e9;

    private Machine() {}

    /// Cores, memory, kernel and JDK.
    static String describe() throws IOException {
        return Runtime.getRuntime().availableProcessors()
                + " cores"
                + model()
                + ", "
                + gigabytes(kibibytes("MemTotal:") * 1024)
                + " of memory ("
                + gigabytes(kibibytes("MemAvailable:") * 1024)
                + " free), "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", JDK "
                + System.getProperty("java.vm.version");
    }

    /// File system and room of the disk that a folder is on.
    static String disk(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.type()
                + ", "
                + gigabytes(store.getUsableSpace())
                + " of "
                + gigabytes(store.getTotalSpace())
                + " free";
    }

    /// How many threads ran or waited for the disk, on average over the last one, five and fifteen
    /// minutes.
    static String load() throws IOException {
        String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return words[0] + " " + words[1] + " " + words[2];
    }

    private static String model() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo")))
            if (line.startsWith("model name"))
                return " (" + line.substring(line.indexOf(':') + 1).strip() + ")";
        return "";
    }

    private static long kibibytes(String label) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo")))
            if (line.startsWith(label)) return Long.parseLong(line.split("\\s+", -1)[1]);
        return 0;
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GB);
    }
}
