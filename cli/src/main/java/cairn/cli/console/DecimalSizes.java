package cairn.cli.console;

import java.util.Locale;

/// Sizes in decimal units as Kubo's output has them: `3.0 MB`, `10 GB`. One place after the point
/// below ten, none from there on.
public final class DecimalSizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int TEN = 10;
    private static final int STEP = 1000;

    private DecimalSizes() {}

    public static String text(long bytes) {
        if (bytes < TEN) return bytes + " B";
        int unit = 0;
        double scale = 1;
        for (long left = bytes / STEP; left > 0; left /= STEP) {
            unit++;
            scale *= STEP;
        }
        double value = Math.floor(bytes / scale * TEN + 0.5) / TEN;
        return String.format(Locale.ROOT, value < TEN ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
