package cairn.cli;

import cairn.cli.console.Escapes;
import cairn.cli.console.Messages;
import cairn.cli.console.OutputException;
import cairn.cli.console.RawText;
import cairn.cli.console.Surroundings;
import cairn.cli.console.UsageException;
import cairn.dag.importer.ImportFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

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

    private String text(Exception e) {
        return switch (e) {
            case UsageException u -> String.valueOf(u.getMessage());
            case ImportFailedException i -> entries(i);
            case NoSuchFileException f -> "no such file or folder: " + name(f);
            case AccessDeniedException f -> "no permission: " + name(f);
            case FileSystemException f ->
                    name(f) + ": " + Optional.ofNullable(f.getReason()).orElse("failed");
            case InvalidPathException p ->
                    "no file can have the name \""
                            + Escapes.printable(p.getInput())
                            + "\": "
                            + p.getReason();
            case IOException io -> message(io);
            default ->
                    "an error in Cairn itself: "
                            + e
                            + (debug ? "" : "; --debug shows where. Please report it");
        };
    }

    private static String entries(ImportFailedException e) {
        StringBuilder out = new StringBuilder();
        out.append(e.count()).append(e.count() == 1 ? " entry" : " entries");
        out.append(" couldn't be added, so nothing was pinned:");
        for (ImportFailedException.BadEntry entry : e.entries()) {
            String path = RawText.decode(entry.path().bytes());
            out.append("\n  ").append(Escapes.printable(path)).append(": ").append(entry.reason());
        }
        long more = e.count() - e.entries().size();
        if (more > 0) out.append("\n  and ").append(more).append(" more");
        return out.append("\nThe rest is stored, so the next try is fast.").toString();
    }

    private static String name(FileSystemException e) {
        return Escapes.printable(String.valueOf(e.getFile()));
    }

    /// Names from afar may be in a message, so it is escaped; a line break that we set stays.
    private static String message(IOException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse(e.toString());
        StringBuilder out = new StringBuilder();
        for (String line : message.split("\n", -1)) {
            if (!out.isEmpty()) out.append('\n');
            out.append(hasControls(line) ? Escapes.printable(line) : line);
        }
        return out.toString();
    }

    private static boolean hasControls(String line) {
        return !Escapes.printable(line).equals(line.replace("\\", "\\\\"));
    }

    private static String trace(Exception e) {
        StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString().stripTrailing();
    }
}
