package dev.websentry.engine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanException.ScanFailureReason;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.remote.ApiClient.ApiResponse;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;

/**
 * Maps errors of a remote server to exceptions. Messages are one line, say what to do, and never contain the API key.
 */
record ApiErrorMapper(RemoteServer server) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_QUOTE_LENGTH = 200;
    /** The reasons that concern the target and not the server: the documented codes and those of this engine. */
    private static final Set<ScanFailureReason> TARGET_REASONS = Set.of(
            ScanFailureReason.UNRESOLVABLE,
            ScanFailureReason.UNREACHABLE,
            ScanFailureReason.BLOCKED_ADDRESS,
            ScanFailureReason.REFUSED_BY_SITE,
            ScanFailureReason.TIMED_OUT);

    /** Returns the exception for a response that is not 200. */
    ScanException toException(ApiResponse answer) {
        JsonNode body = body(answer);
        String detail = quote(body.path("error").asText(""));
        Optional<ScanFailureReason> reason = TARGET_REASONS.stream()
                .filter(known -> known.code().equals(reason(body)))
                .findFirst();
        if (answer.status() == 400 && reason.isPresent()) {
            return new ScanException(
                    reason.get(),
                    line(server + " reports"
                            + (detail.isEmpty() ? ": " + reason.get().code() : detail)));
        }
        return failed(describe(answer, detail));
    }

    /** Returns the more exact {@code reason}, which older servers do not send, or the {@code code}. */
    private static String reason(JsonNode body) {
        return body.path("reason").asText(body.path("code").asText(""));
    }

    private String describe(ApiResponse answer, String detail) {
        int status = answer.status();
        String name = server.toString();
        return switch (status) {
            case 400 -> name + " cannot scan this URL (400)" + detail;
            case 401 ->
                name + (server.apiKey().isPresent() ? " rejected the API key" : " requires an API key") + " (401)"
                        + detail + "; set a valid API key with " + server.apiKeyOption();
            case 403 ->
                name + " does not allow scans with this API key (403)" + detail
                        + "; the account needs a plan with API access";
            case 404 ->
                name + " has no scan API at this URL, or the scan no longer exists (404)" + detail
                        + "; check the URL of the server and the account of the API key";
            case 429 ->
                name + " limits the number of scans (429)" + detail + retry(answer)
                        + "; scan later, or use an API key with a larger plan";
            case 503 -> name + " is busy (503)" + detail + retry(answer) + "; scan later, or increase the timeout";
            default -> describeOther(answer, detail);
        };
    }

    private String describeOther(ApiResponse answer, String detail) {
        if (answer.status() >= 300 && answer.status() < 400) {
            String to = answer.location()
                    .map(location -> server.baseUrl().resolve(location))
                    .map(url -> url.newBuilder()
                            .username("")
                            .password("")
                            .query(null)
                            .fragment(null)
                            .build())
                    .map(HttpUrl::toString)
                    .orElse("an unknown location");
            return server + " redirects (" + answer.status() + ") to " + truncate(to)
                    + "; redirects are not followed, to keep the API key on this server; set the final URL of the server";
        }
        if (answer.status() >= 500) {
            return server + " failed (" + answer.status() + ")" + detail
                    + "; scan later, or check the log of the server";
        }
        return server + " responded with status " + answer.status() + detail
                + "; check that the URL is that of a WebSentry server";
    }

    /** Returns the exception for a response that does not match the documentation of the API. */
    ScanException undocumentedResponse(String problem) {
        return failed(server + " does not respond as a WebSentry API: " + problem + "; check the URL of the server");
    }

    /** Returns the exception for a scan that did not finish within the timeout. */
    ScanException timedOut() {
        return new ScanException(
                ScanFailureReason.TIMED_OUT,
                line(server + " did not finish within " + server.timeout().toSeconds() + " s; increase the timeout"));
    }

    /** Returns the exception for a failed connection. */
    ScanException unreachable(IOException e) {
        String cause = e instanceof UnknownHostException
                ? "unknown host"
                : e instanceof SSLException ? "TLS failed: " + e.getMessage() : String.valueOf(e.getMessage());
        return failed(server + " cannot be reached: " + truncate(cause));
    }

    /** Masks the API key in text from the server, which may contain the requests it received. */
    String maskApiKey(String text) {
        return server.apiKey().map(key -> text.replace(key, "***")).orElse(text);
    }

    private static String retry(ApiResponse answer) {
        return answer.retryAfter()
                .map(after -> " (retry after " + truncate(after) + (after.matches("\\d+") ? " s" : "") + ")")
                .orElse("");
    }

    private String quote(String text) {
        return text.isBlank() ? "" : ": " + truncate(text.strip());
    }

    private static String truncate(String text) {
        return text.length() <= MAX_QUOTE_LENGTH ? text : text.substring(0, MAX_QUOTE_LENGTH) + "...";
    }

    private static JsonNode body(ApiResponse answer) {
        try {
            return MAPPER.readTree(answer.body().orElse(""));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private ScanException failed(String message) {
        return new ScanException(ScanFailureReason.SERVER_FAILED, line(message));
    }

    private String line(String message) {
        return TextSanitizer.singleLine(maskApiKey(message));
    }
}
