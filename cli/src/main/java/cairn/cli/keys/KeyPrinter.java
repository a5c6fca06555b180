package cairn.cli.keys;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.Multibase;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Prints keys as their names and ids: CIDs of the public keys in base36, unless `--ipns-base`
/// says.
final class KeyPrinter {
    private final Invocation call;
    private final Function<PeerId, String> form;
    private final List<Json> objects = new ArrayList<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    /// @throws UsageException when there is no such base
    KeyPrinter(Invocation call) throws UsageException {
        this.call = call;
        this.form = form(call.text("--ipns-base").orElse("base36"));
    }

    static Usage addTo(Usage usage) {
        return usage.text(
                "--ipns-base",
                "base",
                "Show ids as CIDs in this multibase, or as b58mh: peer ids. Default: base36.");
    }

    private static Function<PeerId, String> form(String base) throws UsageException {
        if (base.equals("b58mh") || base.equals("v0")) return PeerId::toString;
        Optional<Multibase> named = Multibase.named(base);
        for (Multibase each : Multibase.values())
            if (named.isEmpty() && base.equals(Character.toString(each.prefix())))
                named = Optional.of(each);
        Multibase found =
                named.orElseThrow(
                        () ->
                                new UsageException(
                                        "unsupported multibase encoding: "
                                                + Escapes.printable(base)
                                                + "; \"cairn cid bases\" lists all"));
        return id -> id.toCid().toString(found);
    }

    String id(SigningKey key) {
        return form.apply(key.peerId());
    }

    /// Prints a key: its id, or both as JSON.
    void print(String name, SigningKey key) throws IOException {
        if (call.globals().json()) call.out().json(object(name, key));
        else call.out().line(id(key));
    }

    private Json object(String name, SigningKey key) {
        return new Json.Obj(Map.of())
                .with("Name", new Json.Str(name))
                .with("Id", new Json.Str(id(key)));
    }

    /// Adds a key to those that [#end] prints.
    void list(String name, SigningKey key) {
        objects.add(object(name, key));
        ids.put(name, id(key));
    }

    /// Prints what was listed: names in lines, with `-l` behind their ids, or one JSON object.
    void end() throws IOException {
        if (call.globals().json()) {
            call.out().json(new Json.Obj(Map.of("Keys", new Json.Arr(objects))));
            return;
        }
        int idWidth = widest(List.copyOf(ids.values()));
        int nameWidth = widest(List.copyOf(ids.keySet()));
        for (Map.Entry<String, String> key : ids.entrySet())
            call.out()
                    .line(
                            call.flag("-l")
                                    ? padded(key.getValue(), idWidth)
                                            + padded(key.getKey(), nameWidth)
                                    : key.getKey());
    }

    /// The width of a column, with the blank after it.
    private static int widest(List<String> cells) {
        return cells.stream().mapToInt(KeyPrinter::width).max().orElse(0) + 1;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - width(cell));
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
