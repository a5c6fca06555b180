package cairn.node.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON text. Stricter than RFC 8259 asks: a name that occurs twice in an object is an
/// error, and so is a depth over 64.
final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final JsonParser parser;

    JsonReader(String text) {
        JsonFactory factory =
                new JsonFactoryBuilder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                        .build();
        try {
            parser = factory.createParser(text);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
    }

    Json readWhole() throws JsonException {
        try (parser) {
            Json value = readValue(next());
            if (parser.nextToken() != null) throw at("something follows the value");
            return value;
        } catch (JacksonException e) {
            throw translated(e);
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
    }

    private Json readValue(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> new Json.Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value begins with " + token);
        };
    }

    private Json readObject() throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, readValue(next()));
        }
        return new Json.Obj(members);
    }

    private Json readArray() throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next())
            items.add(readValue(token));
        return new Json.Arr(items);
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) throw at("the text ends where a value belongs");
        return token;
    }

    private JsonException at(String message) {
        JsonLocation where = parser.currentLocation();
        return new JsonException(message, where.getLineNr(), where.getColumnNr());
    }

    private static JsonException translated(JacksonException e) {
        JsonLocation where = e.getLocation();
        String message = e.getOriginalMessage().replaceAll("Source: REDACTED[^;]*; ", "");
        return where == null
                ? new JsonException(message, 1, 1)
                : new JsonException(message, where.getLineNr(), where.getColumnNr());
    }
}
