package cairn.rpc.network;

import cairn.node.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds a JSON object field by field, in the order in which clients see them.
final class Fields {
    private final Map<String, Json> members = new LinkedHashMap<>();

    static Json strings(Collection<?> texts) {
        List<Json> items = new ArrayList<>();
        for (Object text : texts) items.add(new Json.Str(text.toString()));
        return new Json.Arr(items);
    }

    Fields text(String name, Object value) {
        return put(name, new Json.Str(value.toString()));
    }

    Fields number(String name, long value) {
        return put(name, Json.Num.of(value));
    }

    Fields truth(String name, boolean value) {
        return put(name, new Json.Bool(value));
    }

    /// A list of texts; `null` where there are none, as Go writes it.
    Fields textsOrNull(String name, Collection<?> texts) {
        return put(name, texts.isEmpty() ? new Json.Null() : strings(texts));
    }

    Fields put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    Json.Obj object() {
        return new Json.Obj(members);
    }
}
