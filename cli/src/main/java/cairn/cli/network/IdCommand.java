package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.json.Json;
import cairn.node.text.RawText;
import cairn.rpc.client.Answer;
import cairn.rpc.client.Parameters;
import cairn.rpc.network.PeerIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says who this node or another is.
public final class IdCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("id", "Say who this node or another is")
                .arguments("[<peer>]", 0, 1)
                .text(
                        "-f --format",
                        "format",
                        "Print this instead, with <id>, <aver>, <pubkey>, <addrs> and <protocols>"
                                + " replaced, and \\n and \\t.")
                .text(
                        "--peerid-base",
                        "base",
                        "Show the id as a CID in this multibase, or as b58mh. Default: b58mh.")
                .explain(
                        "Without a daemon it tells the id of the repo. Another node needs a daemon,"
                                + " which connects to it.")
                .example("cairn id -f '<id>\\n'", "prints the id alone")
                .example("cairn id 12D3...", "asks another node who it is");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String base = call.text("--peerid-base").orElse("b58mh");
        if (PeerIdentity.form(base).isEmpty())
            throw new UsageException("unsupported multibase encoding: " + Escapes.printable(base));
        Json.Obj id = id(call, base);
        Optional<String> format = call.text("--format");
        if (format.isPresent()) call.out().write(RawText.encode(formatted(format.get(), id)));
        else if (call.globals().json()) call.out().json(id);
        else call.out().line(tabbed(id) + "\n");
    }

    /// With tabs in front of lines, as Kubo prints it.
    private static String tabbed(Json value) {
        return value.indented()
                .lines()
                .map(
                        line ->
                                "\t".repeat((line.length() - line.stripLeading().length()) / 2)
                                        + line.stripLeading())
                .collect(Collectors.joining("\n"));
    }

    private static Json.Obj id(Invocation call, String base) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters().arguments(call.arguments());
        parameters.option("peerid-base", base);
        Optional<Answer> running = api.callIfRunning("id", parameters);
        if (running.isEmpty() && call.arguments().isEmpty()) return own(call, base);
        try (Answer answer = running.orElseThrow(Api::noDaemon)) {
            return answer.object();
        }
    }

    /// What the repo knows of its node.
    private static Json.Obj own(Invocation call, String base) throws IOException, UsageException {
        SigningKey key =
                Repos.options(call)
                        .keys(Repos.path(call))
                        .own()
                        .orElseThrow(() -> new CommandException("the repo has lost its identity"));
        return PeerIdentity.object(
                PeerIdentity.form(base).orElseThrow().apply(key.peerId()),
                Optional.of(key.publicKey()),
                List.of(),
                Programs.agent(),
                List.of());
    }

    private static String formatted(String format, Json.Obj id) {
        return format.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("<id>", Api.text(id, "ID"))
                .replace("<aver>", Api.text(id, "AgentVersion"))
                .replace("<pubkey>", Api.text(id, "PublicKey"))
                .replace("<addrs>", lines(id, "Addresses"))
                .replace("<protocols>", lines(id, "Protocols"));
    }

    private static String lines(Json.Obj id, String name) {
        return Api.texts(id, name).stream()
                .map(Escapes::printable)
                .collect(Collectors.joining("\n"));
    }
}
