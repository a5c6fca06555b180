package cairn.bitswap.session;

/// Counts what came, from all partners together.
final class Totals {
    private long blocks;
    private long bytes;
    private long duplicates;
    private long duplicateBytes;
    private long unwantedBytes;

    void arrived(int size) {
        blocks++;
        bytes += size;
    }

    void duplicate(int size) {
        duplicates++;
        duplicateBytes += size;
    }

    void unwanted(int size) {
        unwantedBytes += size;
    }

    ExchangeStat stat(int sessions, int peers, int wants, long outstandingBytes) {
        return new ExchangeStat(
                sessions,
                peers,
                wants,
                outstandingBytes,
                new PartnerLedger(blocks, bytes, duplicates, duplicateBytes, unwantedBytes));
    }
}
