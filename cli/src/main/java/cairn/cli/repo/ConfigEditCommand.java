package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.NodeOptions;
import cairn.node.repo.Config;
import cairn.node.repo.RepoException;
import cairn.node.text.RawText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Opens the settings in an editor, and takes over what was written when it is right.
///
/// The editor gets a file of its own. What is wrong stays in it, so that nothing typed is lost; the
/// settings themselves are replaced in one step, or not at all.
public final class ConfigEditCommand implements Command {
    /// The exit code of a shell that can't find a program.
    private static final int NOT_FOUND = 127;

    private static final String PLAIN = "[\\w./+][\\w./+-]*";

    @Override
    public Usage usage() {
        return Usage.of("config edit", "Edit all settings")
                .explain(
                        "Opens the editor that VISUAL or EDITOR names, and checks what was written"
                                + " before it takes the place of the settings. What is wrong is told"
                                + " and kept in a file until the next edit that is right, and the"
                                + " settings stay as they are. Those"
                                + " that were replaced are kept in the repo as config.old.")
                .example("EDITOR=nano cairn config edit", "opens the settings in nano")
                .example("EDITOR='code --wait' cairn config edit", "waits until the window closes");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path repo = Repos.path(call);
        NodeOptions options = Repos.options(call);
        String before = options.configText(repo);
        String editor = editor(call.surroundings().environment());
        Path file = SettingsFile.forEditor(repo);
        fill(file, before);
        int code = edit(editor, file);
        try {
            String after = Config.readText(file);
            boolean same = after.equals(before);
            if (same) Files.delete(file);
            if (code != 0)
                throw new CommandException(failed(editor, code) + (same ? "" : kept(file)));
            if (same) call.messages().say("cairn: nothing was changed");
            else take(options, repo, before, after, call);
        } catch (RepoException e) {
            throw new CommandException(e.getMessage() + kept(file), e);
        }
    }

    private static void fill(Path file, String text) throws IOException {
        boolean filled = false;
        try {
            Files.writeString(file, text);
            filled = true;
        } catch (IOException e) {
            throw new CommandException(
                    "can't write a file for the editor in "
                            + RawText.of(file.getParent())
                            + ": "
                            + e.getMessage()
                            + "; when the disk is full, \"cairn repo gc\" makes room",
                    e);
        } finally {
            if (!filled) Files.deleteIfExists(file);
        }
    }

    private static void take(
            NodeOptions options, Path repo, String before, String after, Invocation call)
            throws IOException {
        Config config = SettingsFile.checked(after, "what you wrote");
        options.replaceConfig(
                repo,
                now -> {
                    if (now.equals(before)) return config;
                    throw new RepoException("the settings were changed meanwhile");
                });
        SettingsFile.dropAllKept(repo);
        SettingsFile.tellUnknown(config, call);
    }

    private static String editor(Map<String, String> environment) throws UsageException {
        for (String name : new String[] {"VISUAL", "EDITOR"}) {
            String editor = environment.getOrDefault(name, "").strip();
            if (!editor.isEmpty()) return editor;
        }
        throw new UsageException(
                "neither VISUAL nor EDITOR names an editor; try: EDITOR=nano cairn config edit");
    }

    /// Runs an editor as a shell would, which knows what is quoted in it, and gives its exit code.
    private static int edit(String editor, Path file) throws IOException {
        String program = editor.split("\\s", 2)[0];
        // What isn't a plain name is the shell's to understand.
        String look =
                program.matches(PLAIN) ? "command -v " + program + " >/dev/null || exit 127\n" : "";
        Process process =
                new ProcessBuilder("sh", "-c", look + editor + " \"$@\"", editor, RawText.of(file))
                        .inheritIO()
                        .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the editor was open" + kept(file));
        }
    }

    private static String failed(String editor, int code) {
        if (code == NOT_FOUND)
            return "cannot start the editor \""
                    + editor
                    + "\": there is no such program; set EDITOR to one that is there, such as"
                    + " EDITOR=nano";
        return "the editor \"" + editor + "\" ended with exit code " + code;
    }

    private static String kept(Path file) {
        return "\nThe settings are as they were. What you wrote is kept; mend it, and run:\n"
                + "  cairn config replace "
                + RawText.of(file);
    }
}
