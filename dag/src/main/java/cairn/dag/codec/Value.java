package cairn.dag.codec;

import cairn.multiformats.Cid;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A value of IPLD's data model: what a block means, whatever its codec. Immutable.
///
/// Source: ipld.io/docs/data-model.
public sealed interface Value {
    /// How many lists and maps may be within one another, the outermost included.
    int MAX_DEPTH = 1024;

    /// The only value that is nothing.
    record Null() implements Value {}

    Null NULL = new Null();

    record Bool(boolean value) implements Value {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /// An integer from -2^64 to 2^64-1, as CBOR holds it.
    ///
    /// @param negative whether it is below zero
    /// @param argument unsigned: the integer itself, or where it is below zero, -1 minus it
    record Int(boolean negative, long argument) implements Value {
        private static final BigInteger TWO_64 = BigInteger.TWO.pow(Long.SIZE);

        public static Int of(long value) {
            return value < 0 ? new Int(true, ~value) : new Int(false, value);
        }

        /// The integer; empty when it is out of range.
        public static Optional<Int> of(BigInteger value) {
            boolean negative = value.signum() < 0;
            BigInteger argument = negative ? value.not() : value;
            return argument.compareTo(TWO_64) < 0
                    ? Optional.of(new Int(negative, argument.longValue()))
                    : Optional.empty();
        }

        public BigInteger value() {
            BigInteger unsigned = new BigInteger(Long.toUnsignedString(argument));
            return negative ? unsigned.not() : unsigned;
        }

        @Override
        public String toString() {
            return value().toString();
        }
    }

    /// A number in 64 bits of IEEE 754; never NaN, never infinite. 0.0 and -0.0 differ.
    record Real(double value) implements Value {
        public Real {
            if (!Double.isFinite(value))
                throw new IllegalArgumentException("IPLD has no float " + value);
        }
    }

    /// A string: bytes that are UTF-8, except where a tolerant decoder met others.
    record Text(Octets utf8) implements Value, Comparable<Text> {
        public static Text of(String text) {
            return new Text(Octets.utf8(text));
        }

        @Override
        public int compareTo(Text other) {
            return utf8.compareTo(other.utf8);
        }

        @Override
        public String toString() {
            return utf8.toString();
        }
    }

    record Bytes(Octets data) implements Value {}

    record Link(Cid cid) implements Value {}

    /// A list.
    record Items(List<Value> values) implements Value {
        public static final Items EMPTY = new Items(List.of());

        public Items {
            values = List.copyOf(values);
        }
    }

    /// One key of a map with its value.
    record Entry(Text key, Value value) {}

    /// A map in the order in which it was written; two of different order are not equal. No key is
    /// there twice.
    record Entries(List<Entry> entries) implements Value {
        public static final Entries EMPTY = new Entries(List.of());

        public Entries {
            entries = List.copyOf(entries);
            duplicate(entries)
                    .ifPresent(
                            key -> {
                                throw new IllegalArgumentException("the key " + key + " twice");
                            });
        }

        public Optional<Value> get(Text key) {
            for (Entry entry : entries) if (entry.key.equals(key)) return Optional.of(entry.value);
            return Optional.empty();
        }

        /// A key that is there twice.
        static Optional<Text> duplicate(List<Entry> entries) {
            if (entries.size() < 2) return Optional.empty();
            Set<Text> keys = HashSet.newHashSet(entries.size());
            for (Entry entry : entries) if (!keys.add(entry.key)) return Optional.of(entry.key);
            return Optional.empty();
        }
    }
}
