package cairn.bitswap.protocol;

import cairn.bitswap.client.ClientOptions;
import cairn.bitswap.server.ServerOptions;

/// How blocks are traded.
public record BitswapOptions(ClientOptions client, ServerOptions server) {}
