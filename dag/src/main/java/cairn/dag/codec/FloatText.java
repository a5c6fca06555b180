package cairn.dag.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How floats are written in JSON: the fewest digits that read back as the same float, without an
/// exponent from 1e-6 up to 1e21, as in Go and ECMAScript. A whole number has no point.
final class FloatText {
    private static final double TWO_64 = 0x1p64;

    private FloatText() {}

    static String of(double value) {
        if (value == 0) return 1 / value < 0 ? "-0" : "0";
        BigDecimal shortest = shortest(value);
        int exponent = shortest.precision() - shortest.scale() - 1;
        // A whole number beyond 64 bits without a point would read as an integer out of range.
        boolean plain = exponent >= -6 && (value < TWO_64 && value > -TWO_64);
        if (plain) return shortest.toPlainString();
        String digits = shortest.unscaledValue().abs().toString();
        String point = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + point
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    /// `Double.toString` gives the fewest digits, but never less than two.
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() != 2) return digits;
        BigDecimal one = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
    }
}
