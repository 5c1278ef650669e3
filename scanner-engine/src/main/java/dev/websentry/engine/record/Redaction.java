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
 * What is left out of a recording: the values of cookies and of other header fields that carry credentials, the contents of
 * files that should not have been there, and the scan's own credentials wherever a site repeats them. No rule judges any of
 * it, so the verdicts stay. It applies to every exchange and every text, wherever in the observations they stand.
 */
final class Redaction {
    /** Request fields that say nothing of whoever asks; of any other the value is masked. */
    private static final Set<String> HARMLESS_REQUEST_FIELDS =
            Set.of("origin", "accept", "access-control-request-method", "access-control-request-headers");

    private static final Pattern CARRIES_CREDENTIALS = Pattern.compile(
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

    /** The value as it may be written. */
    Object value(Object value) {
        return value instanceof Exchange exchange ? exchange(exchange) : value;
    }

    /** The text as it may be written. */
    String text(String text) {
        String kept = text;
        for (String secret : secrets) {
            kept = kept.replace(secret, "x".repeat(secret.length()));
        }
        return kept;
    }

    private Exchange exchange(Exchange exchange) {
        List<Header> asked = exchange.requestHeaders().stream()
                .map(header -> HARMLESS_REQUEST_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))
                        ? header
                        : new Header(header.name(), Masks.all(header.value())))
                .toList();
        Exchange.Result result =
                exchange.result() instanceof Response response ? response(exchange, response) : exchange.result();
        return new Exchange(exchange.method(), exchange.url(), asked, result);
    }

    private Response response(Exchange exchange, Response response) {
        Headers headers = new Headers(
                response.headers().lines().stream().map(Redaction::field).toList());
        String body = exchange.method().equals("TRACE")
                ? traced(response.body().text())
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
        return CARRIES_CREDENTIALS.matcher(name).matches() ? new Header(field.name(), Masks.all(field.value())) : field;
    }

    /** An echoed request without its fields, to which proxies add their own credentials (RFC 9110 section 9.3.8). */
    private static String traced(String body) {
        return body.stripLeading().startsWith("TRACE ")
                ? body.stripLeading().lines().limit(1).findFirst().orElse("")
                : body;
    }
}
