package cairn.cli.listing;

import cairn.cli.console.Invocation;
import java.io.IOException;

/// Where `ls` puts what it finds: columns of text, or JSON.
public interface Listing {
    /// What a call asks for.
    static Listing of(Invocation call) {
        Listing listing = call.globals().json() ? new JsonListing(call) : new TextListing(call);
        return call.flag("--stream") ? listing : new SortedListing(listing, SortedListing.HELD);
    }

    /// @param argument what is listed now, as it was typed
    void begin(String argument) throws IOException;

    void print(Listed entry) throws IOException;

    void endDirectory() throws IOException;

    /// Everything was listed.
    void end() throws IOException;
}
