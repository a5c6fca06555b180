package cairn.rpc.server;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers requests that HTTP itself can't take, such as for paths that lead out of the root: with
/// a status and a line of text.
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String line = status + " - " + HttpStatus.getMessage(status) + "\n";
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, Reply.PLAIN_TEXT));
        response.getHeaders().put(new HttpField(HttpHeader.CONNECTION, "close"));
        Content.Sink.write(response, true, line, callback);
        return true;
    }
}
