package cairn.bitswap.client;

import cairn.bitswap.message.Presence;
import cairn.bitswap.session.BlockTaker;
import cairn.bitswap.session.Partner;
import cairn.bitswap.session.SessionStat;
import cairn.bitswap.session.SessionWants;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashMismatchException;
import cairn.multiformats.Hashes;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session of a client.
final class OpenSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSession.class);

    private final Client client;
    private final SessionWants wants;
    private final Hashes hashes;

    OpenSession(Client client, SessionWants wants, Hashes hashes) {
        this.client = client;
        this.wants = wants;
        this.hashes = hashes;
    }

    @Override
    public void want(Cid cid, BlockTaker taker) {
        client.tell(now -> client.exchange().want(wants, cid, taker, now));
    }

    @Override
    public Block get(Cid cid) throws IOException, InterruptedException {
        OneBlock one = new OneBlock();
        want(cid, one);
        try {
            return one.await();
        } catch (InterruptedException e) {
            cancel(cid, one);
            throw e;
        }
    }

    @Override
    public void cancel(Cid cid, BlockTaker taker) {
        client.tell(now -> client.exchange().cancel(wants, cid, taker, now));
    }

    @Override
    public void add(Source source) {
        CompletableFuture<Partner> partner = new CompletableFuture<>();
        Outbox outbox = new Outbox(new SourceMouth(source, new Answers(source, partner)), _ -> {});
        client.tell(
                now -> partner.complete(client.exchange().add(wants, source.name(), outbox, now)));
    }

    @Override
    public SessionStat stat() {
        return client.ask(now -> wants.stat());
    }

    @Override
    public void close() {
        client.tell(now -> client.exchange().close(wants, now));
        client.closed(this);
    }

    /// What a source answers: its blocks are hashed on its own thread.
    private final class Answers implements SourceAnswers {
        private final Source from;
        private final CompletableFuture<Partner> source;

        Answers(Source from, CompletableFuture<Partner> source) {
            this.from = from;
            this.source = source;
        }

        @Override
        public void block(Cid cid, byte[] bytes) {
            if (bytes.length > Block.MAX_BYTES) {
                ban(new IOException(cid + " came with " + bytes.length + " bytes"));
                return;
            }
            try {
                block(Block.verified(cid, bytes, hashes));
            } catch (HashMismatchException e) {
                ban(e);
            } catch (UnknownHashException e) {
                LOG.debug("{} came and can't be checked: {}", cid, e.toString());
                dontHave(cid);
            }
        }

        @Override
        public void block(Block block) {
            client.tell(
                    now -> {
                        client.exchange().block(source.join(), block, now);
                        client.exchange().end(source.join(), now);
                    });
        }

        private void ban(IOException why) {
            LOG.warn("{} is asked no more: {}", source.join(), why.getMessage());
            from.banned(why);
            client.tell(now -> client.exchange().ban(source.join(), now));
        }

        @Override
        public void have(Cid cid) {
            presence(cid, Presence.Type.HAVE);
        }

        @Override
        public void dontHave(Cid cid) {
            presence(cid, Presence.Type.DONT_HAVE);
        }

        private void presence(Cid cid, Presence.Type type) {
            Presence said = new Presence(cid, type);
            client.tell(now -> client.exchange().presence(source.join(), said, now));
        }

        @Override
        public void failed(Cid cid, IOException why) {
            LOG.debug("{} can't give {}: {}", source.join(), cid, why.toString());
            client.tell(now -> client.exchange().failed(source.join(), cid, now));
        }
    }
}
