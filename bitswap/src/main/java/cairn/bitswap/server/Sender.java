package cairn.bitswap.server;

import cairn.bitswap.server.Outbox.Letter;
import cairn.bitswap.stream.MessageStream;
import cairn.libp2p.swarm.Swarm;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a partner what is ready for it, one message at a time, until nothing has been ready for a
/// while. It waits for the peer to take each: that is the back-pressure.
final class Sender implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Partner partner;
    private final Swarm swarm;

    Sender(Partner partner, Swarm swarm) {
        this.partner = partner;
        this.swarm = swarm;
    }

    @Override
    public void run() {
        boolean done = false;
        try (MessageStream stream = new MessageStream(swarm, partner.peer())) {
            Optional<Letter> letter = partner.nextLetter();
            while (letter.isPresent()) {
                stream.send(letter.get().message());
                partner.sent(letter.get());
                letter = partner.nextLetter();
            }
            done = true;
        } catch (IOException e) {
            LOG.debug("answers to {}: {}", partner.peer(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!done) partner.failed();
        }
    }
}
