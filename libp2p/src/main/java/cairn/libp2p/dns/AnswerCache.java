package cairn.libp2p.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Answers that are still believed, by question; the least recently used go first when there are
/// too many. Guarded by `this`.
final class AnswerCache {
    /// The most answers: a node that is busy resolving asks for some hundred names an hour.
    static final int MAX_ANSWERS = 1_000;

    /// The most characters of texts in all: an answer can be one of 64 KiB.
    static final int MAX_CHARS = 1 << 20;

    private final LongSupplier nanoTime;
    private final Duration maxTtl;
    private final LinkedHashMap<AnswerReader, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int chars;

    private record Entry(Answer<Object> answer, long end, int chars) {}

    AnswerCache(Duration maxTtl, LongSupplier nanoTime) {
        this.maxTtl = maxTtl;
        this.nanoTime = nanoTime;
    }

    /// The answer, with the time that is left of it.
    synchronized Optional<Answer<Object>> get(AnswerReader question) {
        Entry entry = entries.get(question);
        if (entry == null) return Optional.empty();
        long left = entry.end - nanoTime.getAsLong();
        if (left > 0)
            return Optional.of(new Answer<>(entry.answer.values(), Duration.ofNanos(left)));
        drop(question);
        return Optional.empty();
    }

    /// Keeps an answer for its TTL, if that is any time at all.
    synchronized void put(AnswerReader question, Answer<Object> answer) {
        Duration ttl = answer.ttl().compareTo(maxTtl) < 0 ? answer.ttl() : maxTtl;
        drop(question);
        if (ttl.isZero()) return;
        int size = 0;
        for (Object value : answer.values()) if (value instanceof String s) size += s.length();
        entries.put(question, new Entry(answer, nanoTime.getAsLong() + ttl.toNanos(), size));
        chars += size;
        while (entries.size() > MAX_ANSWERS || chars > MAX_CHARS) {
            Map.Entry<AnswerReader, Entry> eldest = entries.firstEntry();
            drop(eldest.getKey());
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private void drop(AnswerReader question) {
        Entry entry = entries.remove(question);
        if (entry != null) chars -= entry.chars;
    }
}
