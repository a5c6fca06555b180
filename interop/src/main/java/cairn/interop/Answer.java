package cairn.interop;

import cairn.node.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A line of JSON that tests and peers' processes say to one another: a command, or its answer.
/// What a member lacks reads as empty or zero.
public record Answer(Json.Obj line) {
    /// Texts as a list of JSON.
    public static Json.Arr array(List<String> texts) {
        return new Json.Arr(texts.stream().map(text -> (Json) new Json.Str(text)).toList());
    }

    public Optional<String> text(String name) {
        return line.get(name).map(Answer::text);
    }

    public List<String> texts(String name) {
        return items(name).stream().map(Answer::text).toList();
    }

    public double number(String name) {
        return line.get(name).map(Answer::number).orElse(0.0);
    }

    List<Double> numbers(String name) {
        return items(name).stream().map(Answer::number).toList();
    }

    Duration millis(String name) {
        return Duration.ofNanos((long) (number(name) * 1e6));
    }

    private List<Json> items(String name) {
        return switch (line.get(name).orElse(new Json.Null())) {
            case Json.Arr(List<Json> items) -> items;
            case Json.Obj _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> List.of();
        };
    }

    private static String text(Json json) {
        return switch (json) {
            case Json.Str(String value) -> value;
            case Json.Num(String digits) -> digits;
            case Json.Bool(boolean value) -> Boolean.toString(value);
            case Json.Null _ -> "";
            case Json.Obj _, Json.Arr _ -> json.compact();
        };
    }

    private static double number(Json json) {
        return switch (json) {
            case Json.Num(String digits) -> Double.parseDouble(digits);
            case Json.Str _, Json.Bool _, Json.Null _, Json.Obj _, Json.Arr _ -> 0;
        };
    }
}
