package dev.websentry.engine.record;

import dev.websentry.engine.check.server.SensitiveAnswers;
import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.syntax.Header;
import dev.websentry.engine.syntax.UserInfo;
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
    private final Set<Exchange> atSensitivePaths = Collections.newSetFromMap(new IdentityHashMap<>());
    private final SensitiveAnswers sensitive;

    Redaction(Observations seen, List<String> secrets) {
        this.secrets = List.copyOf(secrets);
        if (seen.site().leakage() instanceof Observed.Seen<LeakageAnswers> leakage) {
            atSensitivePaths.addAll(leakage.value().paths());
            sensitive = SensitiveAnswers.besides(leakage.value().ordinary());
        } else {
            sensitive = SensitiveAnswers.besidesNothing();
        }
    }

    /** Returns a redacted copy of an exchange, or the value itself if it is of another type. */
    Object value(Object value) {
        return value instanceof Exchange exchange ? exchange(exchange) : value;
    }

    /** Returns the text with every known secret masked. */
    String text(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "x".repeat(secret.length()));
        }
        return redacted;
    }

    private Exchange exchange(Exchange exchange) {
        List<Header> requestHeaders = exchange.requestHeaders().stream()
                .map(header -> PUBLIC_REQUEST_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))
                        ? header
                        : new Header(header.name(), Masks.all(header.value())))
                .toList();
        Exchange.Result result =
                exchange.result() instanceof Response response ? response(exchange, response) : exchange.result();
        return new Exchange(exchange.method(), exchange.url(), requestHeaders, result);
    }

    private Response response(Exchange exchange, Response response) {
        Headers headers = new Headers(
                response.headers().lines().stream().map(Redaction::field).toList());
        String body = exchange.method().equals("TRACE")
                ? withoutEchoedFields(response.body().text())
                : response.body().text();
        if (atSensitivePaths.contains(exchange)) {
            body = sensitive.withoutSecrets(exchange.url(), response);
        }
        return new Response(
                response.status(),
                response.protocol(),
                headers,
                BodyText.of(body),
                response.truncated(),
                response.tls(),
                response.address());
    }

    private static Header field(Header field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        if (name.equals("set-cookie")) {
            return new Header(field.name(), Masks.cookie(field.value()));
        }
        if (name.equals("location")) {
            return new Header(field.name(), UserInfo.hidden(field.value()));
        }
        return CREDENTIAL_FIELD.matcher(name).matches() ? new Header(field.name(), Masks.all(field.value())) : field;
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
