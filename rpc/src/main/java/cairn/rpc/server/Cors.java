package cairn.rpc.server;

import jakarta.servlet.http.HttpServletResponse;

/// The headers that let a web page of another origin call the API and read what it answers.
final class Cors {
    private Cors() {}

    static void allow(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Vary", "Origin");
        response.setHeader("Access-Control-Allow-Methods", "POST");
        response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
        response.setHeader(
                "Access-Control-Expose-Headers",
                "X-Stream-Output, X-Chunked-Output, X-Content-Length");
    }
}
