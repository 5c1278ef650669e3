package dev.websentry.engine.recording;

import dev.websentry.engine.check.server.SensitiveBodyRedactor;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.UrlUserInfo;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Redacts secrets in a recording: the values of cookies and of other header fields that carry credentials, the contents
 * of sensitive files that a site exposes, and the credentials of the scan wherever a site repeats them.
 *
 * <p>No check depends on the redacted parts, so the results of the checks stay the same. The redaction applies to every
 * exchange and every string of the observations.
 */
final class Redaction {
    /** Names of request fields that hold no credentials; the values of all others are masked. */
    private static final Set<String> PUBLIC_REQUEST_FIELDS =
            Set.of("origin", "accept", "access-control-request-method", "access-control-request-headers");

    private static final Pattern CREDENTIAL_FIELD = Pattern.compile(
            "(?!access-control-).*(token|secret|api-?key|session|csrf|xsrf|jwt|passw|credential|authorization).*");

    private final List<String> secrets;
    private final Set<HttpExchange> atSensitivePaths = Collections.newSetFromMap(new IdentityHashMap<>());
    private final SensitiveBodyRedactor sensitive;

    Redaction(ScanObservations seen, List<String> secrets) {
        this.secrets = List.copyOf(secrets);
        if (seen.site().leakage() instanceof Observation.Seen<LeakageResponses> leakage) {
            atSensitivePaths.addAll(leakage.value().paths());
            sensitive = SensitiveBodyRedactor.withBaseline(leakage.value().ordinary());
        } else {
            sensitive = SensitiveBodyRedactor.withoutBaseline();
        }
    }

    /** Returns a redacted copy of an exchange, or the value itself if it is of another type. */
    Object redactValue(Object value) {
        return value instanceof HttpExchange exchange ? exchange(exchange) : value;
    }

    /** Returns the text with every known secret masked. */
    String redactText(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "x".repeat(secret.length()));
        }
        return redacted;
    }

    private HttpExchange exchange(HttpExchange exchange) {
        List<Header> requestHeaders = exchange.requestHeaders().stream()
                .map(header -> PUBLIC_REQUEST_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))
                        ? header
                        : new Header(header.name(), TextMask.mask(header.value())))
                .toList();
        HttpExchange.HttpExchangeResult result =
                exchange.result() instanceof Response response ? response(exchange, response) : exchange.result();
        return new HttpExchange(exchange.method(), exchange.url(), requestHeaders, result);
    }

    private Response response(HttpExchange exchange, Response response) {
        ResponseHeaders headers = new ResponseHeaders(
                response.headers().lines().stream().map(Redaction::field).toList());
        String body = exchange.method().equals("TRACE")
                ? withoutEchoedFields(response.body().text())
                : response.body().text();
        if (atSensitivePaths.contains(exchange)) {
            body = sensitive.redact(exchange.url(), response);
        }
        return new Response(
                response.status(),
                response.protocol(),
                headers,
                ResponseBody.of(body),
                response.truncated(),
                response.tls(),
                response.address());
    }

    private static Header field(Header field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        if (name.equals("set-cookie")) {
            return new Header(field.name(), TextMask.maskSetCookie(field.value()));
        }
        if (name.equals("location")) {
            return new Header(field.name(), UrlUserInfo.mask(field.value()));
        }
        return CREDENTIAL_FIELD.matcher(name).matches()
                ? new Header(field.name(), TextMask.mask(field.value()))
                : field;
    }

    /**
     * Returns only the request line of an echoed request, since proxies add credentials to its fields (RFC 9110 section
     * 9.3.8).
     */
    private static String withoutEchoedFields(String body) {
        return body.stripLeading().startsWith("TRACE ")
                ? body.stripLeading().lines().limit(1).findFirst().orElse("")
                : body;
    }
}
