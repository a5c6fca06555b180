package cairn.cli.listing;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.dag.Mtime;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// `ls` as columns of text, as wide as their widest cell.
///
/// The widths come from the first entries of a directory, up to [#ALIGNED] of them, which are held
/// until they are known; what follows is printed as it comes. With `--stream` each line has widths
/// of its own, ten at least; heads are as wide as the first line, and are left out without one.
final class TextListing implements Listing {
    private static final int ALIGNED = 10_000;
    private static final int STREAM_WIDTH = 10;
    private static final DateTimeFormatter RECENT = time("MMM dd HH:mm");
    private static final DateTimeFormatter OLD = time("MMM dd  yyyy");

    private final Invocation call;
    private final boolean stream;
    private final boolean size;
    private final boolean detailed;
    private final Instant now = Instant.now();
    private final List<List<String>> held = new ArrayList<>();
    private int[] widths = {};
    private String argument = "";
    private boolean headed;
    private boolean flowing;
    private boolean any;

    TextListing(Invocation call) {
        this.call = call;
        stream = call.flag("--stream");
        size = call.flagIfGiven("--size").orElse(true);
        detailed = call.flag("--long");
    }

    @Override
    public void begin(String listed) throws IOException {
        argument = listed;
        flowing = false;
        headed = false;
        widths = new int[] {};
        if (!stream) head();
    }

    private void head() throws IOException {
        headed = true;
        if (call.arguments().size() > 1) {
            if (any) call.out().line("");
            call.out().line(Escapes.printable(argument) + ":");
        }
        any = true;
        if (call.flag("--headers")) hold(cells("Mode", "Hash", "Size", "ModTime", "Name"));
    }

    @Override
    public void print(Listed entry) throws IOException {
        if (!headed) head();
        List<String> row =
                cells(
                        mode(entry),
                        call.globals().text(entry.cid()),
                        entry.isDirectory() ? "-" : Long.toString(entry.size()),
                        time(entry),
                        Escapes.printable(entry.name()) + (entry.isDirectory() ? "/" : ""));
        if (flowing) {
            line(row);
            return;
        }
        hold(row);
        if (stream) {
            release();
            widths = new int[] {};
        } else if (held.size() == ALIGNED) {
            release();
            flowing = true;
        }
    }

    private List<String> cells(String mode, String hash, String bytes, String mtime, String name) {
        List<String> cells = new ArrayList<>();
        if (detailed) cells.add(mode);
        cells.add(hash);
        if (size) cells.add(bytes);
        if (detailed) cells.add(mtime);
        cells.add(name);
        return cells;
    }

    private void hold(List<String> cells) {
        if (widths.length == 0) widths = new int[cells.size()];
        for (int i = 0; i < cells.size(); i++)
            widths[i] = Math.max(widths[i], cells.get(i).length());
        held.add(cells);
    }

    private void release() throws IOException {
        for (List<String> cells : held) line(cells);
        held.clear();
    }

    private void line(List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        int last = cells.size() - 1;
        for (int i = 0; i < last; i++) {
            int width = Math.max(widths[i] + 1, stream ? STREAM_WIDTH : 0);
            String cell = cells.get(i);
            line.append(cell).repeat(" ", Math.max(1, width - cell.length()));
        }
        call.out().line(line.append(cells.get(last)).toString());
    }

    @Override
    public void endDirectory() throws IOException {
        release();
    }

    @Override
    public void end() {}

    private static String mode(Listed entry) {
        OptionalInt mode = entry.mode();
        if (mode.isEmpty() || mode.getAsInt() == 0) return "-";
        int bits = mode.getAsInt();
        StringBuilder out = new StringBuilder().append(entry.type().letter());
        for (int shift = 6; shift >= 0; shift -= 3) {
            int three = bits >> shift;
            boolean special = (bits >> (9 + shift / 3) & 1) != 0;
            boolean runs = (three & 1) != 0;
            char mark = shift == 0 ? 't' : 's';
            out.append((three & 4) != 0 ? 'r' : '-').append((three & 2) != 0 ? 'w' : '-');
            if (special) out.append(runs ? mark : Character.toUpperCase(mark));
            else out.append(runs ? 'x' : '-');
        }
        return out.toString();
    }

    private String time(Listed entry) {
        if (entry.mtime().isEmpty()) return "-";
        Instant time = entry.mtime().map(Mtime::toInstant).orElseThrow();
        var then = time.atOffset(ZoneOffset.UTC);
        var here = now.atOffset(ZoneOffset.UTC);
        boolean recent = then.isAfter(here.minusMonths(6)) && then.isBefore(here.plusDays(1));
        return (recent ? RECENT : OLD).format(then);
    }

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }
}
