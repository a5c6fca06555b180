package cairn.cli.cid;

import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.StandardInput;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What becomes of each CID that is named: another codec, version or base, then a text.
///
/// @param base empty for that of the CID as it was typed
/// @param version empty to keep it
/// @param codec empty to keep it
record CidConversion(
        CidFormat format,
        Optional<Multibase> base,
        OptionalInt version,
        Optional<Multicodec> codec) {
    /// Converts every CID of a call, in its arguments or else in the lines of standard input. A
    /// text that is none is told, and the rest converted all the same.
    ///
    /// @throws CommandException at the end, when there was one that isn't a CID or can't be
    ///   converted
    void convertAll(Invocation call) throws IOException, UsageException {
        int[] failures = {0};
        StandardInput.forEachArgument(
                call,
                text -> {
                    if (!convert(text, call)) failures[0]++;
                });
        if (failures[0] > 0)
            throw new CommandException(
                    "errors while displaying some entries: "
                            + failures[0]
                            + (failures[0] == 1 ? " is told above" : " are told above"));
    }

    /// Whether it could be converted.
    private boolean convert(String text, Invocation call) throws IOException {
        String formatted = "";
        String error = "";
        try {
            formatted = format(text);
        } catch (MalformedException e) {
            error = "invalid cid: " + e.getMessage();
        } catch (CommandException e) {
            error = e.getMessage();
        }
        if (call.globals().json()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("CidStr", new Json.Str(text));
            members.put("Formatted", new Json.Str(formatted));
            members.put("ErrorMsg", new Json.Str(error));
            call.out().json(new Json.Obj(members));
        } else if (error.isEmpty()) call.out().line(formatted);
        else {
            call.out().flush(); // so that both come in order where they go to one place
            call.messages().say(Escapes.printable(shortened(text)) + ": " + error);
        }
        return error.isEmpty();
    }

    private static String shortened(String text) {
        return text.length() <= Cid.MAX_TEXT_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 60)) + "...";
    }

    /// @throws MalformedException when the text is no CID
    /// @throws CommandException when it can't be what is asked for
    private String format(String text) throws MalformedException, CommandException {
        Cid cid = Cid.parse(text);
        if (codec.isPresent() && !codec.get().equals(cid.codec()))
            cid = Cid.v1(codec.get(), cid.hash());
        if (version.isPresent()) cid = version.getAsInt() == 0 ? v0(cid) : v1(cid);
        return format.format(cid, base.isPresent() ? base.get() : baseOf(cid, text));
    }

    /// The base of a CID as it was typed.
    static Multibase baseOf(Cid cid, String text) throws MalformedException {
        boolean bare = cid.version() == 0 || text.startsWith("Q");
        return bare ? Multibase.BASE58_BTC : Multibase.of(text);
    }

    private static Cid v1(Cid cid) {
        return Cid.v1(cid.codec(), cid.hash());
    }

    private static Cid v0(Cid cid) throws CommandException {
        if (!cid.codec().equals(Multicodec.DAG_PB))
            throw new CommandException(
                    "can't convert non-dag-pb nodes to cidv0; the codec is " + cid.codec());
        if (!Cid.isV0(cid.hash()))
            throw new CommandException(
                    "can't convert to cidv0, whose hash is a sha2-256 of 32 bytes; this is a "
                            + cid.hash().function()
                            + " of "
                            + cid.hash().digestSize());
        return Cid.v0(cid.hash());
    }
}
