package cairn.node.gateways;

import cairn.node.gateways.Redirects.Step;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/// Asks HTTP servers: over HTTP/2 where it is offered under TLS, with redirects as [Redirects]
/// allows them. Begins when something is asked first. Safe for many threads at once; `this` guards
/// the clients.
///
/// **Limits:** the JDK's for headers, 384 KiB; bodies are read by whoever asked, at their [Pace].
final class Requests implements Closeable {
    /// So much of a body that nobody wants is read, so that its connection can be used again.
    private static final int DRAINED = 4 << 10;

    private final Pace pace;
    private final Redirects redirects;
    private final Watch watch = new Watch();
    private final Pins pins = new Pins();
    private Optional<HttpClient> client = Optional.empty();

    /// For what has an address of its own.
    private Optional<HttpClient> pinned = Optional.empty();

    private boolean closed;

    Requests(Pace pace, Redirects redirects) {
        this.pace = pace;
        this.redirects = redirects;
    }

    /// What is asked of a server.
    ///
    /// @param named what the settings name
    /// @param uri of what is asked for there
    /// @param method `GET` or `HEAD`
    /// @param accept the media type
    record Question(URI named, URI uri, String method, String accept) {}

    /// The beginning of an answer.
    ///
    /// @param body as it is without the encoding that it came in
    record Opened(int status, HttpHeaders headers, InputStream body, boolean multiplexed)
            implements Closeable {
        @Override
        public void close() throws IOException {
            body.close();
        }

        /// Ends it without what is in it.
        void drop() throws IOException {
            try (body) {
                byte[] _ = body.readNBytes(DRAINED);
            }
        }
    }

    /// Asks, and waits until the answer begins.
    ///
    /// @param meter counts what comes
    /// @throws UnusableAnswerException when redirects lead nowhere, or in an encoding that nobody
    ///   asked for
    /// @throws java.net.http.HttpTimeoutException when it takes too long
    Opened ask(Question question, Patience patience, ServerMeter meter)
            throws IOException, InterruptedException {
        redirects.begin(question.named);
        Step at = new Step(question.uri, Optional.empty());
        for (int followed = 0; ; followed++) {
            Opened answer = askOnce(question, at, patience, meter);
            Optional<String> location = location(answer);
            if (location.isEmpty()) return answer;
            answer.drop();
            if (followed == Redirects.MOST)
                throw new UnusableAnswerException(
                        question.uri + " leads on after " + followed + " redirects");
            at = redirects.next(question.named, at.uri(), location.get());
        }
    }

    private static Optional<String> location(Opened answer) {
        return switch (answer.status) {
            case 301, 302, 303, 307, 308 -> answer.headers.firstValue("Location");
            default -> Optional.empty();
        };
    }

    private Opened askOnce(Question question, Step step, Patience patience, ServerMeter meter)
            throws IOException, InterruptedException {
        URI at = step.uri();
        boolean secure = at.getScheme().equalsIgnoreCase("https");
        HttpRequest request =
                HttpRequest.newBuilder(at)
                        .method(question.method, HttpRequest.BodyPublishers.noBody())
                        .header("Accept", question.accept)
                        .header("Accept-Encoding", "identity")
                        .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                        .timeout(patience.time())
                        .build();
        long began = System.nanoTime();
        HttpResponse<InputStream> response =
                client(step).send(request, BodyHandlers.ofInputStream());
        patience.answered(System.nanoTime() - began);
        InputStream body = new PacedBody(response.body(), pace, meter, watch);
        boolean multiplexed = response.version() == HttpClient.Version.HTTP_2;
        return new Opened(
                response.statusCode(),
                response.headers(),
                decoded(body, question, response),
                multiplexed);
    }

    private static InputStream decoded(
            InputStream body, Question question, HttpResponse<InputStream> response)
            throws IOException {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        boolean empty = question.method.equals("HEAD") || response.statusCode() != 200;
        if (empty) return body;
        boolean done = false;
        try {
            InputStream decoded =
                    switch (encoding.toLowerCase(Locale.ROOT)) {
                        case "identity" -> body;
                        case "gzip", "x-gzip" -> new GZIPInputStream(body);
                        default ->
                                throw new UnusableAnswerException(
                                        "an encoding that nobody asked for: " + encoding);
                    };
            done = true;
            return decoded;
        } finally {
            if (!done) body.close();
        }
    }

    private synchronized HttpClient client(Step step) throws IOException {
        if (closed) throw new IOException("the node is closed");
        if (step.address().isEmpty()) {
            if (client.isEmpty()) client = Optional.of(begun(HttpClient.Builder.NO_PROXY));
            return client.get();
        }
        pins.pin(step.uri(), step.address().get());
        if (pinned.isEmpty()) pinned = Optional.of(begun(pins));
        return pinned.get();
    }

    private HttpClient begun(ProxySelector proxies) {
        return HttpClient.newBuilder()
                .connectTimeout(pace.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// Ends all connections; what is read from them fails.
    @Override
    public void close() {
        Optional<HttpClient> last;
        Optional<HttpClient> lastPinned;
        synchronized (this) {
            closed = true;
            last = client;
            lastPinned = pinned;
            client = Optional.empty();
            pinned = Optional.empty();
        }
        last.ifPresent(HttpClient::shutdownNow);
        lastPinned.ifPresent(HttpClient::shutdownNow);
    }
}
