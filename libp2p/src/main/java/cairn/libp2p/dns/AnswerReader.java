package cairn.libp2p.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// Takes from a name server's message what answers one question, and nothing else: records of other
/// names are not believed, aliases are followed a bounded number of steps.
record AnswerReader(Name name, int type) {
    /// The most values that are taken of one answer.
    static final int MAX_VALUES = 100;

    /// The most aliases in a row. A loop of them ends here.
    private static final int MAX_ALIASES = 8;

    /// The longest that "there is none" is believed. Source: RFC 2308, 5, which advises one to
    /// three hours; peers appear sooner.
    private static final Duration MAX_ABSENCE = Duration.ofMinutes(1);

    /// @throws UnresolvedException when the message is no answer to the question
    /// @throws IOException when it is malformed
    Answer<Object> read(byte[] bytes, int id) throws IOException {
        Message message = new Message(bytes);
        Record question = message.getQuestion();
        if (message.getHeader().getID() != id
                || !message.getHeader().getFlag(Flags.QR)
                || message.getHeader().getOpcode() != Opcode.QUERY
                || question == null
                || !question.getName().equals(name)
                || question.getType() != type
                || question.getDClass() != DClass.IN)
            throw new UnresolvedException("an answer to another question than " + name);
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN)
            throw new UnresolvedException(name + ": " + Rcode.string(code));
        return values(message);
    }

    private Answer<Object> values(Message message) {
        List<Record> answers = message.getSection(Section.ANSWER);
        Name owner = name;
        long seconds = Long.MAX_VALUE;
        for (int step = 0; step <= MAX_ALIASES; step++) {
            List<Object> found = new ArrayList<>();
            Optional<CNAMERecord> alias = Optional.empty();
            for (Record record : answers) {
                if (record.getDClass() != DClass.IN || !record.getName().equals(owner)) continue;
                if (record instanceof CNAMERecord next && type != Type.CNAME)
                    alias = Optional.of(next);
                if (record.getType() != type || found.size() == MAX_VALUES) continue;
                Optional<Object> value = value(record);
                if (value.isEmpty()) continue;
                found.add(value.get());
                seconds = Math.min(seconds, record.getTTL());
            }
            if (!found.isEmpty()) return new Answer<>(found, Duration.ofSeconds(seconds));
            if (alias.isEmpty()) break;
            owner = alias.get().getTarget();
            seconds = Math.min(seconds, alias.get().getTTL());
        }
        return new Answer<>(List.of(), absence(message));
    }

    private static Duration absence(Message message) {
        Duration ttl = MAX_ABSENCE;
        for (Record record : message.getSection(Section.AUTHORITY))
            if (record instanceof SOARecord soa) {
                Duration said = Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum()));
                if (said.compareTo(ttl) < 0) ttl = said;
            }
        return ttl;
    }

    private static Optional<Object> value(Record record) {
        return switch (record) {
            case ARecord a -> Optional.of(unnamed(a.getAddress()));
            case AAAARecord a -> Optional.of(unnamed(a.getAddress()));
            case TXTRecord txt -> text(txt).map(text -> text);
            default -> Optional.empty();
        };
    }

    private static InetAddress unnamed(InetAddress address) {
        return SpecialNames.ip(address.getAddress());
    }

    /// The strings of a record are one text; one that isn't UTF-8 is none.
    private static Optional<String> text(TXTRecord record) {
        int size = 0;
        List<byte[]> parts = new ArrayList<>();
        for (Object part : record.getStringsAsByteArrays()) {
            parts.add((byte[]) part);
            size += ((byte[]) part).length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] part : parts) all.put(part);
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(all.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
