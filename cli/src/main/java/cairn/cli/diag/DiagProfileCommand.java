package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.text.RawText;
import cairn.rpc.client.Answer;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Takes a profile of a daemon, for a report.
public final class DiagProfileCommand implements Command {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'cairn-profile-'uuuu-MM-dd'T'HH-mm-ss'Z.zip'")
                    .withZone(ZoneOffset.UTC);

    @Override
    public Usage usage() {
        return Usage.of("diag profile", "Take a profile of the daemon, for a report")
                .text("-o --output", "file", "Where to. Default: cairn-profile-TIME.zip.")
                .text("--profile-time", "duration", "For how long. Default: 30s.")
                .explain(
                        "The archive holds the version, and a recording by JFR of what threads ran,"
                                + " waited for and took of memory, which \"jfr\" and JDK Mission Control"
                                + " read. No environment, settings, keys or content; but names of"
                                + " files and addresses of peers are in it. A file that is there"
                                + " stays as it is.")
                .example("cairn diag profile --profile-time=10s", "records ten seconds");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path file = RawText.path(call.text("--output").orElseGet(() -> NAME.format(Instant.now())));
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        call.text("--profile-time").ifPresent(time -> parameters.option("profile-time", time));
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        boolean whole = false;
        try (out;
                Answer answer = api.call("diag/profile", parameters)) {
            answer.body().transferTo(out);
            whole = true;
        } finally {
            if (!whole) Files.deleteIfExists(file);
        }
        call.out().line("Wrote profiles to: " + Escapes.printable(file.toString()));
    }
}
