package cairn.libp2p.dns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/// DNS over HTTPS: each query is a POST. Redirects are not followed. Source: RFC 8484.
record HttpsExchange(URI uri, Supplier<HttpClient> client) implements Exchange {
    private static final String MESSAGE = "application/dns-message";

    @Override
    public String server() {
        return uri.toString();
    }

    @Override
    public byte[] ask(byte[] query, Duration timeout) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .header("Content-Type", MESSAGE)
                        .header("Accept", MESSAGE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                        .build();
        try {
            var body =
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES);
            HttpResponse<byte[]> response = client.get().send(request, body);
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (response.statusCode() != 200 || !type.startsWith(MESSAGE))
                throw new UnresolvedException(
                        server() + " answers " + response.statusCode() + " " + type);
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnresolvedException("interrupted while asking " + server());
        }
    }
}
