package cairn.cli.daemon;

import cairn.node.text.RawText;
import cairn.rpc.client.Parameters;
import cairn.rpc.client.RequestBody;
import cairn.rpc.server.Body;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The arguments of a command, on their way to a daemon: in the query of the request, or its body,
/// a NUL behind each, where there are more than fit into a query.
public final class SentArguments {
    private static final String OPTION = "arguments";
    private static final String IN_BODY = "body";

    /// Percent-encoded they may be three times as long, and a daemon takes heads of 256 KiB.
    private static final int MOST_QUERY_CHARS = 64 << 10;

    /// What Linux lets a program be called with, and some more.
    private static final int MOST_BYTES = 4 << 20;

    private SentArguments() {}

    /// Adds arguments to the parameters where they fit.
    ///
    /// @return the body that has them where they don't
    static Optional<RequestBody> add(List<String> arguments, Parameters parameters) {
        long chars = arguments.stream().mapToLong(argument -> argument.length() + 1L).sum();
        if (arguments.size() <= Request.MAX_ARGUMENTS && chars <= MOST_QUERY_CHARS) {
            parameters.arguments(arguments);
            return Optional.empty();
        }
        parameters.option(OPTION, IN_BODY);
        return Optional.of(
                new RequestBody(
                        Optional.empty(),
                        out -> {
                            for (String argument : arguments) {
                                out.write(RawText.encode(argument));
                                out.write(0);
                            }
                        }));
    }

    /// Whether a request has its arguments in its body.
    public static boolean areIn(Request request) {
        return request.text(OPTION).filter(IN_BODY::equals).isPresent();
    }

    /// The arguments of a body.
    public static List<String> read(Body body) throws IOException {
        byte[] bytes = body.in().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES)
            throw new RequestException("more than " + MOST_BYTES + " bytes of arguments");
        List<String> arguments = new ArrayList<>();
        ByteArrayOutputStream argument = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (b != 0) {
                argument.write(b);
                continue;
            }
            arguments.add(RawText.decode(argument.toByteArray()));
            argument.reset();
        }
        if (argument.size() > 0) throw new RequestException("an argument without its end");
        return arguments;
    }
}
