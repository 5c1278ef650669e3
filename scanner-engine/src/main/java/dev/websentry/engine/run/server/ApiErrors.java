package dev.websentry.engine.run.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.websentry.engine.output.PlainText;
import dev.websentry.engine.run.server.ApiCall.Answer;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanException.Reason;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;

/** What goes wrong with a server, as one line that says what to do; never with the key in it. */
record ApiErrors(WebSentryServer server) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_QUOTE = 200;
    /** The documented codes that speak of the target, and our own engine's beside them. */
    private static final Set<Reason> OF_THE_TARGET = Set.of(
            Reason.UNRESOLVABLE, Reason.UNREACHABLE, Reason.BLOCKED_ADDRESS, Reason.REFUSED_BY_SITE, Reason.TIMED_OUT);

    ScanException of(Answer answer) {
        JsonNode body = body(answer);
        String said = quote(body.path("error").asText(""));
        Optional<Reason> reason = OF_THE_TARGET.stream()
                .filter(known -> known.code().equals(body.path("code").asText("")))
                .findFirst();
        if (answer.status() == 400 && reason.isPresent()) {
            return new ScanException(
                    reason.get(),
                    line(server + " says"
                            + (said.isEmpty() ? ": " + reason.get().code() : said)));
        }
        return failed(explained(answer, said));
    }

    private String explained(Answer answer, String said) {
        int status = answer.status();
        String place = server.toString();
        return switch (status) {
            case 400 -> place + " cannot scan this URL (400)" + said;
            case 401 ->
                place + (server.key().isPresent() ? " does not accept the API key" : " wants an API key") + " (401)"
                        + said + "; set a valid one: " + server.keyOption();
            case 403 ->
                place + " does not let this API key scan (403)" + said + "; its account needs a plan with the API";
            case 404 ->
                place + " has no scan API at this URL, or lost the scan (404)" + said
                        + "; check the server's URL and that the key belongs to one account";
            case 429 ->
                place + " wants fewer scans (429)" + said + retry(answer)
                        + "; scan later, or with a key of a larger plan";
            case 503 -> place + " is busy (503)" + said + retry(answer) + "; scan later, or raise the timeout";
            default -> other(answer, said);
        };
    }

    private String other(Answer answer, String said) {
        if (answer.status() >= 300 && answer.status() < 400) {
            String to = answer.location()
                    .map(location -> server.base().resolve(location))
                    .map(url -> url.newBuilder()
                            .username("")
                            .password("")
                            .query(null)
                            .fragment(null)
                            .build())
                    .map(HttpUrl::toString)
                    .orElse("nowhere");
            return server + " redirects (" + answer.status() + ") to " + shortened(to)
                    + ", which is not followed so that the key stays here; set the server's own URL";
        }
        if (answer.status() >= 500) {
            return server + " failed (" + answer.status() + ")" + said + "; its log says why, scan later";
        }
        return server + " answered " + answer.status() + said + "; is it a WebSentry API?";
    }

    ScanException undocumented(String what) {
        return failed(server + " does not answer as a WebSentry API does: " + what + "; check the server's URL");
    }

    ScanException timedOut() {
        return new ScanException(
                Reason.TIMED_OUT,
                line(server + " did not finish within " + server.timeout().toSeconds() + " s; raise the timeout"));
    }

    ScanException unreachable(IOException e) {
        String why = e instanceof UnknownHostException
                ? "its name has no address"
                : e instanceof SSLException ? "TLS failed, " + e.getMessage() : String.valueOf(e.getMessage());
        return failed(server + " cannot be reached: " + shortened(why));
    }

    /** Whatever a server sends back of what it was sent. */
    String withoutKey(String text) {
        return server.key().map(key -> text.replace(key, "***")).orElse(text);
    }

    private static String retry(Answer answer) {
        return answer.retryAfter()
                .map(after -> ", try again after " + shortened(after) + (after.matches("\\d+") ? " s" : ""))
                .orElse("");
    }

    private String quote(String text) {
        return text.isBlank() ? "" : ": " + shortened(text.strip());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private static JsonNode body(Answer answer) {
        try {
            return MAPPER.readTree(answer.body().orElse(""));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private ScanException failed(String message) {
        return new ScanException(Reason.SERVER_FAILED, line(message));
    }

    private String line(String message) {
        return PlainText.line(withoutKey(message));
    }
}
