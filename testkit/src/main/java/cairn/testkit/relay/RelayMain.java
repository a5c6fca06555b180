package cairn.testkit.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Runs a relay until the process is ended: `relay tcp|udp --listen IP:PORT --target IP:PORT
/// [--delay MS] [--loss SHARE] [--rate BYTES/S] [--seed N]`. Its address is the first line of the
/// output.
public final class RelayMain {
    private RelayMain() {}

    /// Runs it.
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < args.length; i += 2) options.put(args[i], args[i + 1]);
        if (args.length == 0 || !options.containsKey("--target"))
            throw new IllegalArgumentException(
                    "relay tcp|udp --listen IP:PORT --target IP:PORT [--delay MS] [--loss SHARE]"
                            + " [--rate BYTES/S] [--seed N]");
        InetSocketAddress listen = address(options.getOrDefault("--listen", "127.0.0.1:0"));
        InetSocketAddress target = address(options.get("--target"));
        NetworkConditions conditions =
                new NetworkConditions(
                        Duration.ofNanos(
                                (long)
                                        (Double.parseDouble(options.getOrDefault("--delay", "0"))
                                                * 1e6)),
                        Long.parseLong(options.getOrDefault("--rate", "0")),
                        Double.parseDouble(options.getOrDefault("--loss", "0")),
                        Long.parseLong(options.getOrDefault("--seed", "1")));
        try (Relay relay =
                switch (args[0]) {
                    case "tcp" -> TcpRelay.open(listen, target, conditions);
                    case "udp" -> UdpRelay.open(listen, target, conditions);
                    default -> throw new IllegalArgumentException("tcp or udp, not " + args[0]);
                }) {
            System.out.println(
                    relay.address().getAddress().getHostAddress()
                            + ":"
                            + relay.address().getPort());
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        return new InetSocketAddress(
                InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
    }
}
