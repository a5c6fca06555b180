package cairn.cli.console;

import java.util.Locale;

/// Sizes as people read them: `1.25 GiB`.
public final class ByteSizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteSizes() {}

    public static String text(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? (long) value + " B"
                : String.format(Locale.ROOT, "%.2f %s", value, UNITS[unit]);
    }
}
