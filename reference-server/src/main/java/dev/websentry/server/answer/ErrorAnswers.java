package dev.websentry.server.answer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Writes the one shape of error. Used by filters, by the handler of exceptions and by the page for the rest. */
public final class ErrorAnswers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ErrorAnswers() {}

    /** Whether a path belongs to the API, where nothing but JSON is ever answered. */
    public static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    public static boolean isApi(HttpServletRequest request) {
        return isApi(request.getRequestURI());
    }

    public static void write(HttpServletResponse response, ApiException failure) throws IOException {
        byte[] body = json(failure);
        response.resetBuffer();
        response.setStatus(failure.status());
        failure.headers().forEach(response::setHeader);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /**
     * Fails a request from within a filter: JSON for the API, the error page for everything else.
     */
    public static void fail(HttpServletRequest request, HttpServletResponse response, ApiException failure)
            throws IOException {
        if (isApi(request)) {
            write(response, failure);
        } else {
            request.setAttribute(ApiException.class.getName(), failure);
            failure.headers().forEach(response::setHeader);
            response.sendError(failure.status());
        }
    }

    static byte[] json(ApiException failure) {
        return JSON.writeValueAsString(ErrorBody.of(failure)).getBytes(StandardCharsets.UTF_8);
    }
}
