package cairn.cli.daemon;

import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.UsageException;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.json.Json;
import cairn.node.repo.RepoDirectory;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.NoDaemonException;
import cairn.rpc.client.Parameters;
import cairn.rpc.client.RequestBody;
import cairn.rpc.server.Authorization;
import cairn.rpc.server.GoDuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The daemon that a call is for: the one whose API `--api` names, else the repo's.
public final class Api {
    private static final String NO_DAEMON = "this command needs a running daemon: cairn daemon";

    private final Invocation call;
    private final Optional<String> address;

    private Api(Invocation call, Optional<String> address) {
        this.call = call;
        this.address = address;
    }

    public static Api of(Invocation call) throws IOException, UsageException {
        Optional<String> named = call.globals().api();
        if (named.isPresent()) return new Api(call, named);
        Path repo = Repos.path(call);
        return new Api(call, new RepoDirectory(repo).apiFile().read());
    }

    /// Whether there is an address to call: named, or left by a daemon, which may be gone.
    boolean isNamed() {
        return address.isPresent();
    }

    /// Parameters with the call's time limit, if it has one.
    public Parameters parameters() {
        Parameters parameters = new Parameters();
        call.globals()
                .timeout()
                .ifPresent(time -> parameters.option("timeout", GoDuration.text(time)));
        return parameters;
    }

    /// Calls an endpoint.
    ///
    /// @throws CommandException when there is no daemon, or it can't do so
    public Answer call(String path, Parameters parameters) throws IOException {
        return callIfRunning(path, parameters).orElseThrow(Api::noDaemon);
    }

    public static CommandException noDaemon() {
        return new CommandException(NO_DAEMON);
    }

    /// Calls an endpoint of the repo's daemon, if one runs; one that the call names must.
    public Optional<Answer> callIfRunning(String path, Parameters parameters) throws IOException {
        return callIfRunning(path, parameters, Optional.empty());
    }

    /// The same with a body, which is sent while the answer comes.
    Optional<Answer> callIfRunning(String path, Parameters parameters, Optional<RequestBody> body)
            throws IOException {
        if (address.isEmpty()) return Optional.empty();
        try {
            return Optional.of(client(address.get()).call(path, parameters, body));
        } catch (NoDaemonException e) {
            // A daemon that was killed leaves its address behind.
            if (call.globals().api().isEmpty()) return Optional.empty();
            throw new CommandException(
                    NO_DAEMON + " (none answers at " + Escapes.printable(address.get()) + ")", e);
        } catch (ApiException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /// Calls an endpoint that answers with one object, which is printed as it is where the call
    /// wants JSON.
    ///
    /// @return the object where text is wanted
    public Optional<Json.Obj> ask(String path, Parameters parameters) throws IOException {
        try (Answer answer = call(path, parameters)) {
            Json.Obj object = answer.object();
            if (!call.globals().json()) return Optional.of(object);
            call.out().json(object);
            return Optional.empty();
        }
    }

    /// Calls an endpoint whose answer has a list of lines, and prints them.
    public void printStrings(String path, Parameters parameters) throws IOException {
        Optional<Json.Obj> object = ask(path, parameters);
        if (object.isEmpty()) return;
        for (String line : texts(object.get(), "Strings")) call.out().line(Escapes.printable(line));
    }

    /// The texts of a list in an object; none where it is `null` or absent.
    public static List<String> texts(Json.Obj object, String name) {
        return items(object, name).stream()
                .filter(Json.Str.class::isInstance)
                .map(item -> ((Json.Str) item).value())
                .toList();
    }

    /// The values of a list in an object; none where it is `null` or absent.
    public static List<Json> items(Json.Obj object, String name) {
        return object.get(name).orElse(null) instanceof Json.Arr(var items) ? items : List.of();
    }

    /// The objects of a list in an object.
    public static List<Json.Obj> objects(Json.Obj object, String name) {
        return items(object, name).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    /// A text in an object, fit to be printed; empty where there is none.
    public static String text(Json.Obj object, String name) {
        return object.get(name).orElse(null) instanceof Json.Str(var text)
                ? Escapes.printable(text)
                : "";
    }

    /// A whole number in an object; 0 where there is none.
    public static long number(Json.Obj object, String name) {
        return object.get(name).orElse(null) instanceof Json.Num(var digits)
                        && digits.matches("-?\\d{1,18}")
                ? Long.parseLong(digits)
                : 0;
    }

    private ApiClient client(String text) throws IOException {
        Optional<String> secret = call.globals().apiAuth();
        if (secret.isEmpty()) return new ApiClient(socket(text));
        String header =
                Authorization.headerOf(secret.get())
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "--api-auth takes bearer:TOKEN or"
                                                        + " basic:USER:PASSWORD"));
        return new ApiClient(socket(text), Optional.of(header));
    }

    private static SocketAddress socket(String text) throws IOException {
        if (text.startsWith("http://")) return ofUri(text);
        try {
            List<Component> parts = Multiaddr.parse(text).components();
            if (!parts.isEmpty() && parts.getFirst().protocol() == AddressProtocol.UNIX)
                return UnixDomainSocketAddress.of(parts.getFirst().value());
            if (parts.size() >= 2 && parts.get(1).protocol() == AddressProtocol.TCP)
                return new InetSocketAddress(
                        InetAddress.getByName(parts.get(0).value()),
                        Integer.parseInt(parts.get(1).value()));
        } catch (MalformedException | InvalidPathException e) {
            throw notAnAddress(text, e);
        }
        throw notAnAddress(text, null);
    }

    private static InetSocketAddress ofUri(String text) throws IOException {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getPort() > 0)
                return new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort());
        } catch (IllegalArgumentException e) {
            throw notAnAddress(text, e);
        }
        throw notAnAddress(text, null);
    }

    private static CommandException notAnAddress(String text, Throwable cause) {
        return new CommandException(
                "\""
                        + Escapes.printable(text)
                        + "\" is no address of a control API; write it like"
                        + " /ip4/127.0.0.1/tcp/5001 or http://127.0.0.1:5001",
                cause);
    }
}
