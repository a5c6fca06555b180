package cairn.cli;

import cairn.cli.exchange.BitswapLedgerCommand;
import cairn.cli.exchange.BitswapStatCommand;
import cairn.cli.exchange.BitswapWantlistCommand;
import cairn.cli.files.AddCommand;
import cairn.cli.dag.DagExportCommand;
import cairn.cli.dag.DagGetCommand;
import cairn.cli.dag.DagImportCommand;
import cairn.cli.dag.DagPutCommand;
import cairn.cli.dag.DagResolveCommand;
import cairn.cli.dag.DagStatCommand;
import cairn.cli.dag.ResolveCommand;
import cairn.cli.blocks.BlockRmCommand;
import cairn.cli.files.RefsLocalCommand;
import cairn.cli.blocks.BlockGetCommand;
import cairn.cli.blocks.BlockPutCommand;
import cairn.cli.blocks.BlockStatCommand;
import cairn.cli.files.CatCommand;
import cairn.cli.repo.ConfigCommand;
import cairn.cli.repo.ConfigShowCommand;
import cairn.cli.files.GetCommand;
import cairn.cli.repo.InitCommand;
import cairn.cli.files.LsCommand;
import cairn.cli.pins.PinAddCommand;
import cairn.cli.pins.PinLsCommand;
import cairn.cli.pins.PinRmCommand;
import cairn.cli.pins.PinUpdateCommand;
import cairn.cli.pins.PinVerifyCommand;
import cairn.cli.files.RefsCommand;
import cairn.cli.repo.RepoMigrateCommand;
import cairn.cli.repo.RepoRepairCommand;
import cairn.cli.repo.RepoStatCommand;
import cairn.cli.repo.RepoVerifyCommand;
import cairn.cli.repo.RepoVersionCommand;
import cairn.cli.repo.RepoBackupCommand;
import cairn.cli.repo.RepoGcCommand;
import cairn.cli.console.Command;
import cairn.cli.console.Suggestions;
import cairn.cli.console.UsageException;
import cairn.cli.cid.CidBase32Command;
import cairn.cli.cid.CidBasesCommand;
import cairn.cli.cid.CidCodecsCommand;
import cairn.cli.cid.CidFormatCommand;
import cairn.cli.cid.CidHashesCommand;
import cairn.cli.cid.CidInspectCommand;
import cairn.cli.diag.DiagCmdsCommand;
import cairn.cli.diag.DiagHealthyCommand;
import cairn.cli.diag.DiagProfileCommand;
import cairn.cli.diag.DiagSysCommand;
import cairn.cli.diag.LogLevelCommand;
import cairn.cli.diag.LogLsCommand;
import cairn.cli.diag.LogTailCommand;
import cairn.cli.keys.KeyExportCommand;
import cairn.cli.keys.KeyGenCommand;
import cairn.cli.keys.KeyImportCommand;
import cairn.cli.keys.KeyLsCommand;
import cairn.cli.keys.KeyRenameCommand;
import cairn.cli.keys.KeyRmCommand;
import cairn.cli.keys.KeyRotateCommand;
import cairn.cli.multibase.MultibaseDecodeCommand;
import cairn.cli.multibase.MultibaseEncodeCommand;
import cairn.cli.multibase.MultibaseTranscodeCommand;
import cairn.cli.repo.ConfigEditCommand;
import cairn.cli.repo.ConfigProfileCommand;
import cairn.cli.repo.ConfigReplaceCommand;
import cairn.cli.network.BootstrapCommand;
import cairn.cli.network.DaemonCommand;
import cairn.cli.network.IdCommand;
import cairn.cli.network.LimitsCommand;
import cairn.cli.network.PingCommand;
import cairn.cli.network.ShutdownCommand;
import cairn.cli.network.StatsBwCommand;
import cairn.cli.network.SwarmAddrsCommand;
import cairn.cli.network.SwarmAddrsListenCommand;
import cairn.cli.network.SwarmAddrsLocalCommand;
import cairn.cli.network.SwarmConnectCommand;
import cairn.cli.network.SwarmDisconnectCommand;
import cairn.cli.network.SwarmFiltersAddCommand;
import cairn.cli.network.SwarmFiltersCommand;
import cairn.cli.network.SwarmFiltersRmCommand;
import cairn.cli.network.SwarmPeeringCommand;
import cairn.cli.network.SwarmPeeringLsCommand;
import cairn.cli.network.SwarmPeersCommand;
import cairn.cli.network.SwarmResourcesCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The commands by name. A command is made only when it is asked for, so that a start pays for one.
final class CommandTable {
    /// Commands that belong together.
    ///
    /// @param title over them in help
    record Section(String title, List<String> names) {
        Section {
            names = List.copyOf(names);
        }
    }

    private static final List<Section> SECTIONS =
            List.of(
                    new Section(
                            "Files and folders",
                            List.of("add", "cat", "get", "ls", "refs", "refs local", "resolve")),
                    new Section(
                            "Pins",
                            List.of("pin add", "pin ls", "pin rm", "pin update", "pin verify")),
                    new Section(
                            "DAGs",
                            List.of(
                                    "dag get",
                                    "dag put",
                                    "dag resolve",
                                    "dag stat",
                                    "dag import",
                                    "dag export")),
                    new Section(
                            "Blocks", List.of("block get", "block put", "block rm", "block stat")),
                    new Section(
                            "Repo",
                            List.of(
                                    "init",
                                    "config",
                                    "config show",
                                    "config edit",
                                    "config replace",
                                    "config profile apply",
                                    "repo backup",
                                    "repo gc",
                                    "repo ls",
                                    "repo migrate",
                                    "repo repair",
                                    "repo stat",
                                    "repo verify",
                                    "repo version")),
                    new Section(
                            "Network",
                            List.of(
                                    "daemon",
                                    "shutdown",
                                    "id",
                                    "ping",
                                    "swarm peers",
                                    "swarm connect",
                                    "swarm disconnect",
                                    "swarm addrs",
                                    "swarm addrs local",
                                    "swarm addrs listen",
                                    "swarm filters",
                                    "swarm filters add",
                                    "swarm filters rm",
                                    "swarm peering add",
                                    "swarm peering ls",
                                    "swarm peering rm",
                                    "swarm resources",
                                    "limits",
                                    "bitswap stat",
                                    "bitswap wantlist",
                                    "bitswap ledger",
                                    "stats bw",
                                    "stats bitswap",
                                    "stats repo",
                                    "bootstrap",
                                    "bootstrap list",
                                    "bootstrap add",
                                    "bootstrap rm")),
                    new Section(
                            "Keys",
                            List.of(
                                    "key gen",
                                    "key ls",
                                    "key list",
                                    "key rename",
                                    "key rm",
                                    "key import",
                                    "key export",
                                    "key rotate")),
                    new Section(
                            "CIDs and bases",
                            List.of(
                                    "cid format",
                                    "cid base32",
                                    "cid inspect",
                                    "cid bases",
                                    "cid codecs",
                                    "cid hashes",
                                    "multibase encode",
                                    "multibase decode",
                                    "multibase transcode",
                                    "multibase list")),
                    new Section(
                            "Diagnosis",
                            List.of(
                                    "diag sys",
                                    "diag cmds",
                                    "diag profile",
                                    "diag healthy",
                                    "log level",
                                    "log ls",
                                    "log tail")),
                    new Section(
                            "About Cairn",
                            List.of("version", "commands", "commands completion", "help")));

    private static final List<String> NAMES = names(SECTIONS);

    private CommandTable() {}

    private static List<String> names(List<Section> sections) {
        List<String> names = new ArrayList<>();
        for (Section section : sections) names.addAll(section.names());
        return List.copyOf(names);
    }

    /// All commands, in the order of help.
    static List<Section> sections() {
        return SECTIONS;
    }

    /// The names of all commands, in the order of help.
    static List<String> names() {
        return NAMES;
    }

    /// Whether some words are what several commands' names begin with, as `config profile`.
    static boolean isGroup(String words) {
        return NAMES.stream().anyMatch(name -> name.startsWith(words + " "));
    }

    /// The commands and groups, in the order of their names.
    static List<String> nodes() {
        Set<String> nodes = new TreeSet<>(NAMES);
        for (String name : NAMES)
            for (int i = name.indexOf(' '); i > 0; i = name.indexOf(' ', i + 1))
                nodes.add(name.substring(0, i));
        return List.copyOf(nodes);
    }

    /// The commands and groups one word longer than a name, in order; the empty name is above all.
    static List<String> below(String name) {
        String prefix = name.isEmpty() ? "" : name + " ";
        return nodes().stream()
                .filter(n -> n.startsWith(prefix) && n.indexOf(' ', prefix.length()) < 0)
                .toList();
    }

    /// @param others the words that come after
    /// @throws UsageException when there is no such command; it says which are near
    static void check(String name, List<String> others) throws UsageException {
        if (NAMES.contains(name)) return;
        String typed = name;
        if (isGroup(name)) {
            if (others.isEmpty() || others.getFirst().startsWith("-")) return;
            typed = name + " " + others.getFirst();
        }
        String near =
                Suggestions.nearest(typed, NAMES)
                        .map(word -> "; did you mean \"cairn " + word + "\"?")
                        .orElse("; \"cairn help\" lists all");
        throw new UsageException("unknown command \"" + typed + "\"" + near);
    }

    /// @param name one of [#names], or a group's
    static Command command(String name) {
        return switch (name) {
            case "init" -> new InitCommand();
            case "add" -> new AddCommand();
            case "cat" -> new CatCommand();
            case "get" -> new GetCommand();
            case "ls" -> new LsCommand();
            case "refs" -> new RefsCommand();
            case "refs local" -> new RefsLocalCommand("refs local");
            case "resolve" -> new ResolveCommand();
            case "dag get" -> new DagGetCommand();
            case "dag put" -> new DagPutCommand();
            case "dag resolve" -> new DagResolveCommand();
            case "dag stat" -> new DagStatCommand();
            case "dag import" -> new DagImportCommand();
            case "dag export" -> new DagExportCommand();
            case "pin add" -> new PinAddCommand();
            case "pin ls" -> new PinLsCommand();
            case "pin rm" -> new PinRmCommand();
            case "pin update" -> new PinUpdateCommand();
            case "pin verify" -> new PinVerifyCommand();
            case "block get" -> new BlockGetCommand();
            case "block put" -> new BlockPutCommand();
            case "block rm" -> new BlockRmCommand();
            case "block stat" -> new BlockStatCommand();
            case "config" -> new ConfigCommand();
            case "config show" -> new ConfigShowCommand();
            case "config edit" -> new ConfigEditCommand();
            case "config replace" -> new ConfigReplaceCommand();
            case "config profile apply" -> new ConfigProfileCommand();
            case "key gen" -> new KeyGenCommand();
            case "key ls", "key list" -> new KeyLsCommand(name);
            case "key rename" -> new KeyRenameCommand();
            case "key rm" -> new KeyRmCommand();
            case "key import" -> new KeyImportCommand();
            case "key export" -> new KeyExportCommand();
            case "key rotate" -> new KeyRotateCommand();
            case "cid format" -> new CidFormatCommand();
            case "cid base32" -> new CidBase32Command();
            case "cid inspect" -> new CidInspectCommand();
            case "cid bases" -> new CidBasesCommand("cid bases");
            case "cid codecs" -> new CidCodecsCommand();
            case "cid hashes" -> new CidHashesCommand();
            case "multibase encode" -> new MultibaseEncodeCommand();
            case "multibase decode" -> new MultibaseDecodeCommand();
            case "multibase transcode" -> new MultibaseTranscodeCommand();
            case "multibase list" -> new CidBasesCommand("multibase list");
            case "diag sys" -> new DiagSysCommand();
            case "log level" -> new LogLevelCommand();
            case "log ls" -> new LogLsCommand();
            case "log tail" -> new LogTailCommand();
            case "diag cmds" -> new DiagCmdsCommand();
            case "diag healthy" -> new DiagHealthyCommand();
            case "diag profile" -> new DiagProfileCommand();
            case "repo backup" -> new RepoBackupCommand();
            case "repo gc" -> new RepoGcCommand();
            case "repo ls" -> new RefsLocalCommand("repo ls");
            case "repo migrate" -> new RepoMigrateCommand();
            case "repo repair" -> new RepoRepairCommand();
            case "repo stat", "stats repo" -> new RepoStatCommand(name);
            case "repo verify" -> new RepoVerifyCommand();
            case "repo version" -> new RepoVersionCommand();
            case "daemon" -> new DaemonCommand(ServedCommands::new);
            case "shutdown" -> new ShutdownCommand();
            case "id" -> new IdCommand();
            case "ping" -> new PingCommand();
            case "swarm peers" -> new SwarmPeersCommand();
            case "swarm connect" -> new SwarmConnectCommand();
            case "swarm disconnect" -> new SwarmDisconnectCommand();
            case "swarm addrs" -> new SwarmAddrsCommand();
            case "swarm addrs local" -> new SwarmAddrsLocalCommand();
            case "swarm addrs listen" -> new SwarmAddrsListenCommand();
            case "swarm filters" -> new SwarmFiltersCommand();
            case "swarm filters add" -> new SwarmFiltersAddCommand();
            case "swarm filters rm" -> new SwarmFiltersRmCommand();
            case "swarm peering add" -> SwarmPeeringCommand.add();
            case "swarm peering ls" -> new SwarmPeeringLsCommand();
            case "swarm peering rm" -> SwarmPeeringCommand.rm();
            case "swarm resources" -> new SwarmResourcesCommand();
            case "limits" -> new LimitsCommand();
            case "bitswap stat", "stats bitswap" -> new BitswapStatCommand(name);
            case "bitswap wantlist" -> new BitswapWantlistCommand();
            case "bitswap ledger" -> new BitswapLedgerCommand();
            case "stats bw" -> new StatsBwCommand();
            case "bootstrap", "bootstrap list" -> BootstrapCommand.list(name);
            case "bootstrap add" -> BootstrapCommand.add();
            case "bootstrap rm" -> BootstrapCommand.rm();
            case "version" -> new VersionCommand();
            case "commands" -> new CommandsCommand();
            case "commands completion" -> new CompletionCommand();
            case "help" -> new HelpCommand("");
            default -> new HelpCommand(name);
        };
    }

    /// All commands, in the order of help.
    static List<Command> all() {
        List<Command> all = new ArrayList<>();
        for (String name : NAMES) all.add(command(name));
        return all;
    }
}
