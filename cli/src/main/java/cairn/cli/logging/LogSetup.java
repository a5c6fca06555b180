package cairn.cli.logging;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Has warnings and errors go to standard error, a line each. The JDK makes one of these at the
/// first message, as the property `java.util.logging.config.class` names it; so who logs nothing
/// pays nothing.
public final class LogSetup {
    /// Called by the JDK.
    public LogSetup() {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new LineFormat());
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(handler);
    }
}
