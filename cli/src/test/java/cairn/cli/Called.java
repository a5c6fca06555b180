package cairn.cli;

import cairn.cli.console.Messages;
import cairn.cli.console.Output;
import cairn.cli.console.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A call of the program within this process, and what came of it.
record Called(Outcome outcome, String out, String err) {
    /// Runs the program without standard input.
    static Called with(Path repo, String... words) {
        return with(repo, new byte[0], words);
    }

    static Called with(Path repo, byte[] in, String... words) {
        return with(repo, in, List.of(words), StandardCharsets.UTF_8);
    }

    static Called with(Path repo, byte[] in, List<String> words, Charset charset) {
        return with(repo, in, words, charset, Map.of());
    }

    /// @param charset in which what was printed is read
    /// @param environment besides that which says where the repo is
    static Called with(
            Path repo,
            byte[] in,
            List<String> words,
            Charset charset,
            Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("CAIRN_PATH", repo.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings =
                new Surroundings(
                        variables,
                        new ByteArrayInputStream(in),
                        false,
                        new Output(Channels.newChannel(out), false),
                        new Messages(err, false),
                        "cairn");
        Outcome outcome = new Cli(surroundings).run(words);
        return new Called(outcome, out.toString(charset), err.toString(charset));
    }
}
