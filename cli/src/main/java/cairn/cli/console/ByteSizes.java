package cairn.cli.console;

import java.util.Locale;

/// Sizes as people read them.
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] DECIMAL_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteSizes() {}

    /// In powers of 1024: `1.25 GiB`.
    public static String text(long bytes) {
        return text((double) bytes);
    }

    static String text(double bytes) {
        return text(bytes, 1024, UNITS);
    }

    /// In powers of 1000, as settings mostly are: `1.25 GB`.
    public static String decimal(long bytes) {
        return text((double) bytes, 1000, DECIMAL_UNITS);
    }

    private static String text(double bytes, int base, String[] units) {
        int unit = 0;
        double value = bytes;
        while (value >= base && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return unit == 0
                ? (long) value + " B"
                : String.format(Locale.ROOT, "%.2f %s", value, units[unit]);
    }
}
