package cairn.cli.cid;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.StandardInput;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Takes a CID apart.
public final class CidInspectCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("cid inspect", "Take a CID apart")
                .arguments("[<cid>]", 0, 1)
                .served(Usage.Runs.VALUES)
                .reads(Usage.Input.LINES)
                .explain(
                        "Shows its version, base, codec, hash function and digest, and the same CID"
                                + " in both versions. Without an argument, it is the first line of"
                                + " standard input. For the ID of a peer, its CID is told.")
                .example("cairn cid inspect CID", "tells all that the CID says");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text =
                call.arguments().isEmpty()
                        ? StandardInput.lines(call).next().orElse("")
                        : call.arguments().getFirst();
        if (text.isEmpty())
            throw new UsageException("a CID is missing; usage: " + call.usage().synopsis());
        try {
            Cid cid = Cid.parse(text);
            Multibase base = CidConversion.baseOf(cid, text);
            if (call.globals().json()) call.out().json(json(cid, text, base));
            else print(cid, text, base, call);
        } catch (MalformedException e) {
            String message = "invalid CID: " + e.getMessage() + peerNote(text);
            if (call.globals().json()) call.out().json(json(text, message));
            throw new CommandException(message, e);
        }
    }

    /// The line that helps someone who typed the ID of a peer; empty for any other text.
    private static String peerNote(String text) {
        if (!text.startsWith("1") || text.length() > Cid.MAX_TEXT_CHARS) return "";
        try {
            Multihash hash = Multihash.of(Multibase.decode("z" + text));
            return "\nNote: the value is a PeerID; inspect its CID representation instead:\n  "
                    + Cid.v1(Multicodec.LIBP2P_KEY, hash).toString(Multibase.BASE36);
        } catch (MalformedException _) {
            return "";
        }
    }

    private static void print(Cid cid, String text, Multibase base, Invocation call)
            throws IOException {
        Multihash hash = cid.hash();
        boolean v0 = cid.version() == 0;
        String implied = v0 ? ", implicit" : "";
        String prefix = Escapes.printable(Character.toString(base.prefix()));
        String codec = codec(cid) + " (0x" + Long.toHexString(cid.codec().code());
        String function = function(hash) + " (0x" + Long.toHexString(hash.function().code());
        String[] lines = {
            "CID:        " + Escapes.printable(text),
            "Version:    " + cid.version(),
            "Multibase:  " + base + " (" + (v0 ? "implicit" : prefix) + ")",
            "Multicodec: " + codec + implied + ")",
            "Multihash:  " + function + implied + ")",
            "  Length:   " + hash.digestSize() + " bytes",
            "  Digest:   " + HexFormat.of().formatHex(hash.digest()),
            "CIDv0:      " + v0(cid).orElseGet(() -> whyNotV0(cid, codec + ")", function + ")")),
            "CIDv1:      " + v1(cid),
        };
        for (String line : lines) call.out().line(line);
    }

    private static String whyNotV0(Cid cid, String codec, String function) {
        String wanted =
                !cid.codec().equals(Multicodec.DAG_PB)
                        ? "dag-pb (0x70), got " + codec
                        : !cid.hash().function().equals(Multicodec.SHA2_256)
                                ? "sha2-256 (0x12), got " + function
                                : "32-byte digest, got " + cid.hash().digestSize();
        return "not possible, requires " + wanted;
    }

    private static Optional<String> v0(Cid cid) {
        return cid.codec().equals(Multicodec.DAG_PB) && Cid.isV0(cid.hash())
                ? Optional.of(Cid.v0(cid.hash()).toString())
                : Optional.empty();
    }

    /// In base36 for a key, so that it can be a name in a domain; else in base32.
    private static String v1(Cid cid) {
        Multibase base =
                cid.codec().equals(Multicodec.LIBP2P_KEY) ? Multibase.BASE36 : Multibase.BASE32;
        return Cid.v1(cid.codec(), cid.hash()).toString(base);
    }

    private static String codec(Cid cid) {
        return cid.codec().name().orElse("unknown");
    }

    private static String function(Multihash hash) {
        return Multicodec.ofHashes().contains(hash.function())
                ? hash.function().toString()
                : "unknown";
    }

    private static Json json(Cid cid, String text, Multibase base) {
        Multihash hash = cid.hash();
        String digest = HexFormat.of().formatHex(hash.digest());
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("cid", new Json.Str(text));
        members.put("version", Json.Num.of(cid.version()));
        members.put("multibase", base(Character.toString(base.prefix()), base.label()));
        members.put("multicodec", codec(cid.codec().code(), codec(cid)));
        members.put(
                "multihash",
                hash(hash.function().code(), function(hash), hash.digestSize(), digest));
        v0(cid).ifPresent(v0 -> members.put("cidV0", new Json.Str(v0)));
        members.put("cidV1", new Json.Str(v1(cid)));
        return new Json.Obj(members);
    }

    /// What Kubo gives for a text that is no CID.
    private static Json json(String text, String error) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("cid", new Json.Str(text));
        members.put("version", Json.Num.of(0));
        members.put("multibase", base("", ""));
        members.put("multicodec", codec(0, ""));
        members.put("multihash", hash(0, "", 0, ""));
        members.put("cidV1", new Json.Str(""));
        members.put("errorMsg", new Json.Str(error));
        return new Json.Obj(members);
    }

    private static Json base(String prefix, String name) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("prefix", new Json.Str(prefix));
        members.put("name", new Json.Str(name));
        return new Json.Obj(members);
    }

    private static Json codec(long code, String name) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("code", Json.Num.of(code));
        members.put("name", new Json.Str(name));
        return new Json.Obj(members);
    }

    private static Json hash(long code, String name, int length, String digest) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("code", Json.Num.of(code));
        members.put("name", new Json.Str(name));
        members.put("length", Json.Num.of(length));
        members.put("digest", new Json.Str(digest));
        return new Json.Obj(members);
    }
}
