package cairn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files that `testdata/kubo/outputs.sh` makes, made by the same lines of it and added as it
/// does, unpinned. Needs GNU's tools.
///
/// @param files the folder that they are in
record KuboInputs(Path files, Path repo) {
    private static final List<String> ADDS =
            List.of(
                    "-rQ tree",
                    "-Q zeros",
                    "-Q hello",
                    "-Q --cid-version=0 --raw-leaves=false hello",
                    "-rQ --raw-leaves=false --preserve-mode --preserve-mtime tree",
                    "-rQ --max-directory-links=2 tree",
                    "-rQ odd");

    static KuboInputs in(Path folder) throws Exception {
        KuboInputs inputs =
                new KuboInputs(Files.createDirectory(folder.resolve("in")), folder.resolve("repo"));
        inputs.make();
        for (String add : ADDS) {
            ShellLine shell = new ShellLine(inputs.repo, inputs.files);
            shell.run("ipfs add --pin=false " + add);
            if (shell.exitCode() != 0) throw new IOException("not added: " + add);
        }
        return inputs;
    }

    private void make() throws IOException, InterruptedException {
        String script = Files.readString(KuboRecord.folder().resolve("outputs.sh"));
        int from = script.indexOf("# The inputs.");
        int to = script.indexOf("tree=$(ipfs add");
        Process bash =
                new ProcessBuilder("bash", "-euc", "umask 022\n" + script.substring(from, to))
                        .directory(files.toFile())
                        .inheritIO()
                        .start();
        if (bash.waitFor() != 0) throw new IOException("the inputs weren't made");
    }
}
