package cairn.interop;

import cairn.node.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A line that a peer's process wrote. What a member lacks reads as empty or zero.
record Answer(Json.Obj line) {
    Optional<String> text(String name) {
        return line.get(name).map(Answer::text);
    }

    List<String> texts(String name) {
        return items(name).stream().map(Answer::text).toList();
    }

    double number(String name) {
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
