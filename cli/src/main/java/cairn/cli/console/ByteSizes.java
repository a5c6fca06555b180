package cairn.cli.console;

import java.util.Locale;

/// Sizes as people read them.
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] DECIMAL_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private static final int TEN = 10;

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

    /// In powers of 1000 as Kubo's output has them: `3.0 MB`, `10 GB`. One place after the point
    /// below ten, none from there on.
    public static String humanized(long bytes) {
        if (bytes < TEN) return bytes + " B";
        int unit = 0;
        double scale = 1;
        for (long left = bytes / 1000; left > 0; left /= 1000) {
            unit++;
            scale *= 1000;
        }
        double value = Math.floor(bytes / scale * TEN + 0.5) / TEN;
        String form = value < TEN ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, form, value, DECIMAL_UNITS[unit]);
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
