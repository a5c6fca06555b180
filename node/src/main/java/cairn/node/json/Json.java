package cairn.node.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. Source: RFC 8259.
public sealed interface Json {
    /// Members keep the order in which they were read or put.
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member of a name.
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /// This object with one member put or replaced.
        public Obj with(String name, Json value) {
            Map<String, Json> copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String value) implements Json {}

    /// A number, in the digits that it was written with.
    record Num(String digits) implements Json {
        public static Num of(long value) {
            return new Num(Long.toString(value));
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// Reads a text that is one value and nothing else.
    static Json parse(String text) throws JsonException {
        return new JsonReader(text).readWhole();
    }

    /// The value on one line.
    default String compact() {
        return new JsonWriter(false).write(this).toString();
    }

    /// The value over several lines, indented by two blanks.
    default String indented() {
        return new JsonWriter(true).write(this).toString();
    }
}
