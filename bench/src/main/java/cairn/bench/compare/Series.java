package cairn.bench.compare;

import java.util.List;
import java.util.Locale;

/// A series is one quantity's values over the rounds, sorted.
record Series(List<Double> values) {
    Series {
        if (values.isEmpty()) throw new IllegalArgumentException("no values");
        values = values.stream().sorted().toList();
    }

    /// The middle one; of an even number the mean of the middle two.
    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1
                ? values.get(middle)
                : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double min() {
        return values.getFirst();
    }

    double max() {
        return values.getLast();
    }

    /// The median and, in brackets, the least and the most.
    String text() {
        return number(median()) + " (" + number(min()) + "-" + number(max()) + ")";
    }

    /// With three significant digits, and none behind the point from 100 on.
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
