package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.client.Source;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A source over HTTP, and servers good and bad.
@Timeout(30)
final class GatewayTest {
    private static final Pace QUICK =
            new Pace(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(300),
                    1 << 20,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(2));

    private final Bandwidth bandwidth = new Bandwidth(Rates.UNLIMITED);
    private final CountDownLatch over = new CountDownLatch(1);
    private TestServer server;
    private HttpSources sources;
    private Source source;
    private Answers answers;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        sources = sources(new Redirects(Redirects.Names::system), server.uri().toString());
        source = sources.begin().all().getFirst();
        answers = new Answers(source);
    }

    private HttpSources sources(Redirects redirects, String... addresses) throws Exception {
        List<SourceAddress> all = new ArrayList<>();
        for (String address : addresses) all.add(SourceAddress.parse(address));
        return HttpSources.open(all, bandwidth, Hashes.jdk(), QUICK, redirects);
    }

    @AfterEach
    void close() {
        over.countDown();
        sources.close();
        server.close();
    }

    private void want(Cid cid) {
        source.want(cid, Kind.BLOCK, answers);
    }

    private void awaitAnswers(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> answers.count() == count);
    }

    private Block given(String text) {
        Block block = Answers.block(text);
        server.put(block);
        return block;
    }

    @Test
    void a_block_is_asked_for_as_the_specification_says() {
        Block block = given("a block");
        List<String> accepted = new ArrayList<>();
        server.handler =
                exchange -> {
                    accepted.add(exchange.getRequestHeaders().getFirst("Accept"));
                    server.giveFile(exchange);
                };

        want(block.cid());
        awaitAnswers(1);

        assertThat(answers.blocks).containsEntry(block.cid(), block);
        assertThat(server.asked).containsExactly("GET /ipfs/" + block.cid() + "?format=raw");
        assertThat(accepted).containsExactly("application/vnd.ipld.raw");
    }

    @Test
    void whether_a_block_is_there_is_asked_without_its_bytes() {
        Block block = given("a block");
        Cid absent = Answers.block("absent").cid();

        source.want(block.cid(), Kind.HAVE, answers);
        source.want(absent, Kind.HAVE, answers);
        awaitAnswers(2);

        assertThat(answers.there).containsExactly(block.cid());
        assertThat(answers.missing).containsExactly(absent);
        assertThat(server.asked).allMatch(line -> line.startsWith("HEAD "));
    }

    @Test
    void a_server_that_knows_no_such_question_is_asked_for_the_block() {
        Block block = given("a block");
        server.handler =
                exchange -> {
                    if (exchange.getRequestMethod().equals("GET")) server.giveFile(exchange);
                    else TestServer.answer(exchange, 405, new byte[0]);
                };

        source.want(block.cid(), Kind.HAVE, answers);
        awaitAnswers(1);

        assertThat(answers.blocks).containsKey(block.cid());
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 400, 401, 403, 404, 406, 410, 451})
    void a_refusal_means_that_it_is_not_there(int status) {
        server.handler = exchange -> TestServer.answer(exchange, status, new byte[] {1});

        want(Answers.block("absent").cid());
        awaitAnswers(1);

        assertThat(answers.missing).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 507})
    void a_server_that_fails_is_asked_once(int status) {
        server.handler = exchange -> TestServer.answer(exchange, status, new byte[] {1});

        want(Answers.block("absent").cid());
        awaitAnswers(1);

        assertThat(answers.failed).hasSize(1);
        assertThat(server.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void a_server_that_is_busy_is_asked_again_after_pauses_and_not_for_ever(int status) {
        server.handler = exchange -> TestServer.answer(exchange, status, new byte[] {1});

        want(Answers.block("absent").cid());
        awaitAnswers(1);

        assertThat(answers.failed).hasSize(1);
        assertThat(server.asked).hasSize(3);
        server.handler = server::giveFile;
        Block block = given("a block");
        want(block.cid());
        awaitAnswers(2);
        assertThat(answers.blocks).containsKey(block.cid());
    }

    @Test
    void what_waits_behind_it_is_asked_for_when_the_pause_is_over() {
        Block block = given("a block");
        Cid bad = Answers.block("absent").cid();
        server.handler =
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (path.endsWith(bad.toString()))
                        TestServer.answer(exchange, 504, new byte[0]);
                    else server.giveFile(exchange);
                };

        want(bad);
        await().until(() -> server.asked.size() == 3);
        want(block.cid());
        awaitAnswers(2);

        assertThat(answers.blocks).containsKey(block.cid());
    }

    @Test
    void what_is_wanted_waits_for_a_server_that_is_busy() {
        Block block = given("a block");
        AtomicInteger count = new AtomicInteger();
        List<Long> times = new ArrayList<>();
        server.handler =
                exchange -> {
                    times.add(System.nanoTime());
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    if (count.incrementAndGet() > 1) server.giveFile(exchange);
                    else TestServer.answer(exchange, 429, new byte[0]);
                };

        want(block.cid());
        awaitAnswers(1);

        assertThat(answers.blocks).containsKey(block.cid());
        assertThat(times).hasSize(2);
        assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_server_that_gives_other_bytes_is_asked_by_nobody_any_more() throws Exception {
        server.handler = exchange -> TestServer.answer(exchange, 200, new byte[] {1});
        Source other = sources.begin().all().getFirst();
        Answers others = new Answers(other);

        want(Answers.block("a block").cid());
        awaitAnswers(1);
        other.want(Answers.block("another").cid(), Kind.BLOCK, others);

        await().until(() -> others.missing.size() == 1);
        assertThat(server.asked).hasSize(1);
        assertThat(sources.begin().all()).isEmpty();
        assertThat(sources.stat()).allMatch(SourceStat::banned);
    }

    @Test
    void redirects_for_ever_are_left() {
        server.handler = exchange -> TestServer.redirect(exchange, "/again");

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed).hasSize(1);
        assertThat(server.asked).hasSize(1 + Redirects.MOST);
    }

    @Test
    void a_redirect_is_followed() {
        Block block = given("a block");
        server.handler =
                exchange -> {
                    String host = exchange.getRequestHeaders().getFirst("Host");
                    if (host.startsWith("localhost")) server.giveFile(exchange);
                    else
                        TestServer.redirect(
                                exchange,
                                "http://localhost:" + server.port() + exchange.getRequestURI());
                };

        want(block.cid());
        awaitAnswers(1);

        assertThat(answers.blocks).containsKey(block.cid());
    }

    @Test
    void a_redirect_of_a_public_server_ends_at_the_address_that_was_checked() throws Exception {
        Block block = given("a block");
        AtomicInteger lookups = new AtomicInteger();
        Redirects.Names once =
                host -> {
                    if (host.equals("elsewhere.example") && lookups.incrementAndGet() > 1)
                        throw new UnknownHostException("it was looked up before");
                    return List.of(InetAddress.getLoopbackAddress());
                };
        try (HttpSources named =
                sources(new Redirects(once, address -> true), server.uri().toString())) {
            source = named.begin().all().getFirst();
            server.handler =
                    exchange -> {
                        String host = exchange.getRequestHeaders().getFirst("Host");
                        if (host.equals("elsewhere.example:" + server.port()))
                            server.giveFile(exchange);
                        else
                            TestServer.redirect(
                                    exchange,
                                    "http://elsewhere.example:"
                                            + server.port()
                                            + exchange.getRequestURI());
                    };

            want(block.cid());
            awaitAnswers(1);

            assertThat(answers.blocks).containsKey(block.cid());
        }
    }

    @Test
    void a_public_server_leads_nowhere_within() throws Exception {
        try (HttpSources named =
                sources(new Redirects(GatewayTest::publicLoopback), server.uri().toString())) {
            source = named.begin().all().getFirst();
            server.handler =
                    exchange ->
                            TestServer.redirect(
                                    exchange, "http://localhost:" + server.port() + "/secret");

            want(Answers.block("a block").cid());
            awaitAnswers(1);

            assertThat(answers.failed).hasSize(1);
            assertThat(server.asked).hasSize(1);
        }
    }

    /// The server's own address is said to be one on the internet.
    private static List<InetAddress> publicLoopback(String host) throws UnknownHostException {
        byte[] internet = {1, 1, 1, 1};
        return host.equals("127.0.0.1")
                ? List.of(InetAddress.getByAddress(internet))
                : Redirects.Names.system(host);
    }

    @Test
    void an_endless_answer_is_cut_off() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        server.handler =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        while (true) {
                            out.write(new byte[8192]);
                            sent.addAndGet(8192);
                        }
                    } finally {
                        ended.countDown();
                    }
                };

        want(Answers.block("a block").cid());
        awaitAnswers(1);
        ended.await();

        assertThat(answers.failed).hasSize(1);
        assertThat(sent.get()).isLessThan(32 << 20);
    }

    @Test
    void an_answer_that_says_to_be_longer_than_a_block_is_not_read() {
        server.handler =
                exchange -> {
                    exchange.sendResponseHeaders(200, Block.MAX_BYTES + 1);
                    exchange.getResponseBody().flush();
                    awaitEnd();
                };

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed.values())
                .allMatch(why -> why.getMessage().contains("which no block has"));
        assertThat(bandwidth.traffic().received()).isZero();
    }

    @Test
    void an_answer_that_drips_is_cut_off() {
        server.handler =
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    awaitEnd();
                };

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed.values())
                .allMatch(why -> why.getMessage().contains("too slowly"));
    }

    @Test
    void a_server_that_says_nothing_is_left() {
        server.handler = exchange -> awaitEnd();

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed.values()).allMatch(why -> why.getMessage().contains("in time"));
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void headers_without_end_are_cut_off() {
        server.handler =
                exchange -> {
                    for (int i = 0; i < 1000; i++)
                        exchange.getResponseHeaders().add("X-" + i, "x".repeat(1000));
                    server.giveFile(exchange);
                };

        want(given("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed).hasSize(1);
    }

    @Test
    void what_is_compressed_without_being_asked_is_read() {
        Block block = Answers.block("a block a block a block a block");
        server.handler = exchange -> compressed(exchange, block.bytes());

        want(block.cid());
        awaitAnswers(1);

        assertThat(answers.blocks).containsKey(block.cid());
    }

    @Test
    void what_is_compressed_and_grows_beyond_a_block_is_cut_off() {
        server.handler = exchange -> compressed(exchange, new byte[64 << 20]);

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed.values())
                .allMatch(why -> why.getMessage().contains("which no block has"));
    }

    private static void compressed(HttpExchange exchange, byte[] bytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(body)) {
            zip.write(bytes);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        TestServer.answer(exchange, 200, body.toByteArray());
    }

    @Test
    void many_blocks_come_at_once_and_no_more_than_a_server_may_be_asked() {
        List<Block> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) all.add(given("block " + i));

        for (Block block : all) want(block.cid());
        awaitAnswers(300);

        assertThat(answers.blocks).hasSize(300);
        assertThat(server.most.get()).isBetween(2, Crowd.MOST_CONNECTIONS);
        assertThat(bandwidth.traffic().received()).isPositive();
    }

    @Test
    void what_is_cancelled_is_not_answered_and_makes_room() {
        CountDownLatch begun = new CountDownLatch(Crowd.FIRST);
        Block block = given("a block");
        server.handler =
                exchange -> {
                    if (exchange.getRequestURI().getPath().endsWith(block.cid().toString())) {
                        server.giveFile(exchange);
                        return;
                    }
                    begun.countDown();
                    awaitEnd();
                };
        for (int i = 0; i < Crowd.FIRST; i++) want(Answers.block("slow " + i).cid());
        await().until(() -> begun.getCount() == 0);

        for (int i = 0; i < Crowd.FIRST; i++) source.cancel(Answers.block("slow " + i).cid());
        want(block.cid());
        awaitAnswers(1);

        assertThat(answers.blocks).containsKey(block.cid());
    }

    @Test
    void a_server_that_is_not_there_fails_after_some_tries() throws Exception {
        URI nobody = server.uri();
        server.close();

        want(Answers.block("a block").cid());
        awaitAnswers(1);

        assertThat(answers.failed.values())
                .allMatch(why -> why.getMessage().equals("no connection to " + nobody));
    }
}
