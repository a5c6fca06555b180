package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Tells about the machine, as JSON of Kubo's shape. Of Kubo's names, those are left out that only
/// Go has.
public final class DiagSysCommand implements Command {
    /// By the names that the command gives them, the lines of Linux's account of a process.
    private static final Map<String, String> MEMORY =
            Map.of("resident", "VmRSS:", "swap", "VmSwap:", "virt", "VmSize:");

    @Override
    public Usage usage() {
        return Usage.of("diag sys", "Tell about the machine, for a report")
                .atStore(Usage.Runs.VALUES)
                .explain(
                        "Prints JSON: the disk of the repo, the memory of the daemon, or of this process (on Linux),"
                                + " the addresses of this machine, the versions of Cairn and Java."
                                + " Sizes are in bytes. Look through it before you publish it.")
                .example("cairn diag sys", "prints it on a line");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path repo = Repos.path(call);
        Map<String, Json> all = new TreeMap<>();
        all.put("diskinfo", disk(repo));
        all.put("environment", environment(call));
        all.put("ipfs_commit", property("cairn.commit", ""));
        all.put("ipfs_version", property("cairn.version", "development"));
        all.put("memory", memory());
        all.put("net", net(call));
        all.put("runtime", runtime());
        call.out().json(new Json.Obj(all));
    }

    /// The disk that the repo is on, or would be.
    private static Json disk(Path repo) throws IOException {
        Path there = repo.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) there = there.getParent();
        FileStore store = Files.getFileStore(there);
        Map<String, Json> members = new TreeMap<>();
        members.put("free_space", Json.Num.of(store.getUsableSpace()));
        members.put("fstype", new Json.Str(store.type()));
        members.put("total_space", Json.Num.of(store.getTotalSpace()));
        return new Json.Obj(members);
    }

    /// The one variable that says where things are; others may hold secrets.
    private static Json environment(Invocation call) {
        String path = call.surroundings().environment().getOrDefault("CAIRN_PATH", "");
        return new Json.Obj(Map.of("CAIRN_PATH", new Json.Str(path)));
    }

    private static Json memory() throws IOException {
        Map<String, Json> members = new TreeMap<>();
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return new Json.Obj(members);
        List<String> lines = Files.readAllLines(status);
        MEMORY.forEach(
                (name, label) ->
                        lines.stream()
                                .filter(line -> line.startsWith(label))
                                .findFirst()
                                .ifPresent(line -> members.put(name, bytes(line))));
        return new Json.Obj(members);
    }

    /// Of a line such as `VmRSS: 1234 kB`.
    private static Json bytes(String line) {
        return Json.Num.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
    }

    private static Json net(Invocation call) throws IOException {
        Map<String, Json> members = new TreeMap<>();
        List<Json> addresses =
                Addresses.ofThisMachine().stream().map(DiagSysCommand::text).toList();
        members.put("interface_addresses", new Json.Arr(addresses));
        members.put("online", new Json.Bool(call.surroundings().node().isPresent()));
        return new Json.Obj(members);
    }

    private static Json runtime() {
        Map<String, Json> members = new TreeMap<>();
        members.put("arch", property("os.arch", ""));
        members.put("numcpu", Json.Num.of(Runtime.getRuntime().availableProcessors()));
        members.put("os", text(System.getProperty("os.name", "").toLowerCase(Locale.ROOT)));
        members.put("vendor", property("java.vendor", ""));
        members.put("version", property("java.runtime.version", ""));
        return new Json.Obj(members);
    }

    private static Json property(String name, String otherwise) {
        return text(System.getProperty(name, otherwise));
    }

    private static Json text(String text) {
        return new Json.Str(text);
    }
}
