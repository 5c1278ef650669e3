package dev.websentry.server.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Writes error responses in the documented JSON format. Used by filters, the exception handler and the error page. */
public final class ErrorResponseWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ErrorResponseWriter() {}

    /** Returns whether a path belongs to the API, whose responses are always JSON. */
    public static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** Returns whether a request addresses the API. */
    public static boolean isApi(HttpServletRequest request) {
        return isApi(request.getRequestURI());
    }

    /** Replaces the response by the error as JSON. The response must not be committed. */
    public static void write(HttpServletResponse response, ApiException failure) throws IOException {
        byte[] body = toJson(failure);
        response.resetBuffer();
        response.setStatus(failure.status());
        failure.headers().forEach(response::setHeader);
        SecurityHeaders.addMissing(response);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** Returns whether a request failed because the server is overloaded or its database is not available. */
    public static boolean isUnavailable(HttpServletRequest request) {
        return request.getAttribute(ApiException.class.getName()) instanceof ApiException failure
                && failure.code() == ErrorCode.BUSY;
    }

    /** Rejects a request that the firewall of Spring Security does not accept: status 400. */
    public static void rejectMalformed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sendError(request, response, ApiException.invalidRequest(ExceptionMapper.REJECTED));
    }

    /**
     * Fails a request from a filter or resolver: writes JSON for the API and forwards to the error page otherwise.
     */
    public static void sendError(HttpServletRequest request, HttpServletResponse response, ApiException failure)
            throws IOException {
        if (isApi(request)) {
            write(response, failure);
        } else {
            request.setAttribute(ApiException.class.getName(), failure);
            failure.headers().forEach(response::setHeader);
            SecurityHeaders.addMissing(response);
            response.sendError(failure.status());
        }
    }

    static byte[] toJson(ApiException failure) {
        return JSON.writeValueAsString(ErrorResponseBody.of(failure)).getBytes(StandardCharsets.UTF_8);
    }
}
