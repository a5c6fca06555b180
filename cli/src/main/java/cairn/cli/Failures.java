package cairn.cli;

import cairn.blockstore.StoreFullException;
import cairn.cli.console.ByteSizes;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Messages;
import cairn.cli.pins.MissingBlocks;
import cairn.cli.console.OutputException;
import cairn.cli.console.Surroundings;
import cairn.cli.console.UsageException;
import cairn.dag.MissingBlockException;
import cairn.dag.importer.ImportFailedException;
import cairn.node.text.RawText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Collectors;

/// Translates exceptions to what a person is told and to an [Outcome], here and nowhere else.
final class Failures {
    private final Messages messages;
    private final boolean debug;

    Failures(Surroundings surroundings, boolean debug) {
        this.messages = surroundings.messages();
        this.debug = debug;
    }

    Outcome report(Exception failure) {
        Exception e = failure instanceof UncheckedIOException u ? u.getCause() : failure;
        if (e instanceof OutputException o && o.isReaderGone()) return Outcome.READER_GONE;
        messages.say("Error: " + text(e));
        if (debug) messages.say(trace(e));
        return Outcome.FAILED;
    }

    /// What a person is told.
    String text(Exception failure) {
        Exception e = failure instanceof UncheckedIOException u ? u.getCause() : failure;
        return textOf(e);
    }

    private String textOf(Exception e) {
        return switch (e) {
            case UsageException u -> lines(String.valueOf(u.getMessage()));
            case ImportFailedException i -> entries(i);
            case MissingBlockException m -> MissingBlocks.text(m.cid().toString());
            case NoSuchFileException f -> "no such file or folder: " + name(f);
            case FileAlreadyExistsException f -> "there is a file already: " + name(f);
            case AccessDeniedException f -> "no permission: " + name(f);
            case FileSystemException f ->
                    name(f) + ": " + line(Optional.ofNullable(f.getReason()).orElse("failed"));
            case InvalidPathException p ->
                    "no file can have the name \""
                            + Escapes.printable(p.getInput())
                            + "\": "
                            + p.getReason();
            case StoreFullException f -> full(f);
            case CommandException c -> lines(String.valueOf(c.getMessage()));
            case IOException io -> line(Optional.ofNullable(io.getMessage()).orElse(io.toString()));
            default ->
                    "an error in Cairn itself: "
                            + e
                            + (debug ? "" : "; --debug shows where. Please report it");
        };
    }

    private static String full(StoreFullException e) {
        String taken = ByteSizes.decimal(e.taken());
        String allowed = ByteSizes.decimal(e.allowed());
        StringBuilder out = new StringBuilder();
        out.append(
                switch (e.limit()) {
                    case STORE ->
                            "the repo has "
                                    + taken
                                    + " of the "
                                    + allowed
                                    + " that Datastore.StorageMax allows";
                    case DISK ->
                            "the disk has "
                                    + taken
                                    + " free, of which Datastore.StorageReserve keeps "
                                    + allowed;
                });
        out.append("; this needs at least ").append(ByteSizes.decimal(e.missing()));
        out.append(
                        " more. \"cairn repo gc --dry-run\" tells what no pin keeps and \"cairn repo gc\"")
                .append(" frees it; or change the setting");
        return out.toString();
    }

    private static String entries(ImportFailedException e) {
        StringBuilder out = new StringBuilder();
        out.append(e.count()).append(e.count() == 1 ? " entry" : " entries");
        out.append(" couldn't be added, so nothing was pinned:");
        for (ImportFailedException.BadEntry entry : e.entries()) {
            String path = RawText.decode(entry.path().bytes());
            out.append("\n  ").append(Escapes.printable(path)).append(": ");
            out.append(Escapes.printable(entry.reason()));
        }
        long more = e.count() - e.entries().size();
        if (more > 0) out.append("\n  and ").append(more).append(" more");
        return out.append("\nWhat was read is stored, so the next try is fast.").toString();
    }

    private static String name(FileSystemException e) {
        return Escapes.printable(String.valueOf(e.getFile()));
    }

    /// A message of ours, in which line breaks are ours too.
    private static String lines(String message) {
        return message.lines().map(Failures::line).collect(Collectors.joining("\n"));
    }

    /// Names from afar may be in a message, so it is escaped; unless they were escaped at their
    /// source and nothing in it can do harm.
    private static String line(String message) {
        String escaped = Escapes.printable(message);
        return escaped.equals(message.replace("\\", "\\\\")) ? message : escaped;
    }

    private static String trace(Exception e) {
        StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString().stripTrailing();
    }
}
