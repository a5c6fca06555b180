package cairn.libp2p.dns;

import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/// Looks one name up: in the cache, in the file of hosts, then at the servers that the settings
/// have for it, one after the other.
final class Lookup {
    /// How long a server has to answer.
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DnsSettings settings;
    private final Supplier<HttpClient> http;
    private final AnswerCache cache;
    private final SystemServers system = new SystemServers();
    private final SecureRandom random = new SecureRandom();

    Lookup(DnsSettings settings, Supplier<HttpClient> http, LongSupplier nanoTime) {
        this.settings = settings;
        this.http = http;
        this.cache = new AnswerCache(settings.maxTtl(), nanoTime);
    }

    /// What a name has of a type.
    ///
    /// @throws UnresolvedException when no server answers
    Answer<Object> ask(String text, int type) throws IOException {
        Name name = name(text);
        var question = new AnswerReader(name, type);
        Optional<Answer<Object>> known = cache.get(question);
        if (known.isPresent()) return known.get();
        NameServer configured = settings.serverFor(text);
        if (configured instanceof NameServer.Host) {
            Optional<InetAddress> host = system.host(name, type);
            if (host.isPresent()) return new Answer<>(List.of(host.get()), Duration.ZERO);
        }
        List<Exchange> servers =
                switch (configured) {
                    case NameServer.Https(var uri) -> List.of(new HttpsExchange(uri, http));
                    case NameServer.Udp(var address) -> List.of(new UdpExchange(address));
                    case NameServer.Host() -> system.exchanges();
                };
        Answer<Object> answer = ask(question, servers);
        cache.put(question, answer);
        return answer;
    }

    private Answer<Object> ask(AnswerReader question, List<Exchange> servers)
            throws UnresolvedException {
        List<IOException> failures = new ArrayList<>();
        for (Exchange server : servers) {
            try {
                return ask(question, server);
            } catch (IOException e) {
                failures.add(e);
            }
        }
        var failed =
                new UnresolvedException(
                        question.name() + ": " + failures.getFirst().getMessage(),
                        failures.getFirst());
        failures.stream().skip(1).forEach(failed::addSuppressed);
        throw failed;
    }

    private Answer<Object> ask(AnswerReader question, Exchange server) throws IOException {
        // Over HTTPS, 0 lets caches on the way answer. Source: RFC 8484, 4.1.
        int id = server instanceof HttpsExchange ? 0 : random.nextInt(1 << 16);
        var query = new Message(id);
        query.getHeader().setFlag(Flags.RD);
        query.getHeader().setOpcode(Opcode.QUERY);
        query.addRecord(Record.newRecord(question.name(), question.type(), DClass.IN), 0);
        return question.read(server.ask(query.toWire(), TIMEOUT), id);
    }

    private static Name name(String text) throws MalformedException {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        try {
            return Name.fromString(ascii ? text : IDN.toASCII(text), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            throw new MalformedException("no name of DNS: " + text);
        }
    }
}
