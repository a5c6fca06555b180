package cairn.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The workshop is where real peers are had: the `interop` folder with its scripts, and a cache of
/// what they build, outside of the checkout.
///
/// @param folder `interop` of the checkout
/// @param cache where binaries are kept
/// @param logs where what processes say is kept
public record Workshop(Path folder, Path cache, Path logs) {
    /// That of the checkout that the working directory is in. `CAIRN_CACHE` or `XDG_CACHE_HOME`
    /// moves the cache from `~/.cache/cairn`.
    public static Workshop here() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("interop/kubo/build.sh")))
            at = at.getParent();
        if (at == null) throw new IllegalStateException("not within a checkout");
        Path folder = at.resolve("interop");
        return new Workshop(folder, cacheFolder(), folder.resolve("target/peers"));
    }

    private static Path cacheFolder() {
        String own = System.getenv("CAIRN_CACHE");
        if (own != null) return Path.of(own);
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("cairn");
    }

    /// A process of the go-libp2p peer.
    ///
    /// @throws MissingToolException when it isn't built and Go is missing
    public PeerProcess go() throws IOException {
        String binary = run("kubo/build.sh", "peer");
        return PeerProcess.start("go", List.of(binary), logs);
    }

    /// A process of the js-libp2p peer.
    ///
    /// @throws MissingToolException when Node or npm is missing
    public PeerProcess js() throws IOException {
        return node("js", "js/peer.mjs");
    }

    /// A process of Helia.
    ///
    /// @throws MissingToolException when Node or npm is missing
    public PeerProcess helia() throws IOException {
        return node("helia", "js/trader.mjs");
    }

    private PeerProcess node(String name, String script) throws IOException {
        return PeerProcess.start(name, List.of(node(), folder.resolve(script).toString()), logs);
    }

    /// The path of a Node that has what the scripts in `js` need.
    ///
    /// @throws MissingToolException when Node or npm is missing
    public String node() throws IOException {
        return run("js/install.sh");
    }

    /// A process of Cairn itself, with the limits that hosts have by default.
    public PeerProcess cairn() throws IOException {
        return PeerProcess.start("cairn", CairnPeer.command(true), logs);
    }

    /// A process of Cairn whose hosts have no limits.
    public PeerProcess unlimitedCairn() throws IOException {
        return PeerProcess.start("cairn", CairnPeer.command(false), logs);
    }

    /// The path of Kubo.
    ///
    /// @throws MissingToolException when it isn't built and Go is missing
    public Path kubo() throws IOException {
        return Path.of(run("kubo/build.sh", "ipfs"));
    }

    /// Runs a script whose last line names what it made. It does nothing where that is there.
    private String run(String script, String... what) throws IOException {
        var command = new ArrayList<String>();
        command.add(folder.resolve(script).toString());
        command.add(cache.toString());
        command.addAll(List.of(what));
        Files.createDirectories(logs);
        Path log = Files.createTempFile(logs, "build-", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try (var out = process.inputReader(UTF_8)) {
            String last = out.lines().reduce("", (_, line) -> line);
            if (process.waitFor() == 0) {
                Files.delete(log);
                return last;
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while building with " + script);
        }
        throw new MissingToolException(script + " failed: " + Files.readString(log).strip());
    }
}
