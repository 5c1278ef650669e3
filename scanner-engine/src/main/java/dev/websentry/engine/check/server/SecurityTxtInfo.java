package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reports whether the site publishes a valid security.txt (RFC 9116). */
final class SecurityTxtInfo implements Check {
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z-]+):[ \\t]*(\\S[^\\r\\n]*?)[ \\t]*$");

    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "server.security-txt", "security.txt", CheckCategory.SERVER)
            .description("/.well-known/security.txt states whom to contact about a vulnerability, and when it expires.")
            .remediation(
                    Remediation.of(
                                    "Publish /.well-known/security.txt over HTTPS as text/plain, with Contact and Expires.")
                            .withConfig(
                                    "/.well-known/security.txt",
                                    "Contact: mailto:security@example.com\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: en"))
            .references("https://www.rfc-editor.org/rfc/rfc9116")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        HttpExchange exchange = seen.site().leakage().value().announced().securityTxt();
        Response response = exchange.response().orElse(null);
        if (response == null) {
            return CheckVerdict.info("Not observed: no response for /.well-known/security.txt");
        }
        if (response.isRedirect()) {
            return CheckVerdict.info(
                    "/.well-known/security.txt redirects (" + response.status() + "); the redirect was not followed");
        }
        boolean text = response.headers()
                .first("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/plain"))
                .isPresent();
        List<MatchResult> fields =
                FIELD.matcher(response.body().text()).results().toList();
        boolean contact = has(fields, "contact");
        if (response.status() != 200 || (!text && !contact)) {
            return CheckVerdict.info("There is no security.txt");
        }
        return CheckVerdict.info("There is a security.txt" + assessment(fields, contact, text, exchange, seen.now()))
                .evidence("GET " + exchange.url() + " -> " + response.status());
    }

    /** Returns the first violation of RFC 9116 sections 2.5.3, 2.5.5 and 3; if there is none, the expiry date. */
    private static String assessment(
            List<MatchResult> fields, boolean contact, boolean text, HttpExchange exchange, Instant now) {
        if (!contact) {
            return ", but it has no Contact field";
        }
        List<String> expires = fields.stream()
                .filter(field -> field.group(1).equalsIgnoreCase("expires"))
                .map(field -> field.group(2))
                .toList();
        if (expires.size() != 1) {
            return ", but it has " + expires.size() + " Expires fields instead of one";
        }
        try {
            if (OffsetDateTime.parse(expires.get(0)).toInstant().isBefore(now)) {
                return ", but it expired: " + Excerpt.inSentence(expires.get(0));
            }
        } catch (DateTimeException e) {
            return ", but its Expires field is not an RFC 3339 date";
        }
        if (!exchange.url().isHttps()) {
            return ", but not over HTTPS";
        }
        return text ? ", valid until " + Excerpt.inSentence(expires.get(0)) : ", but not as text/plain";
    }

    private static boolean has(List<MatchResult> fields, String name) {
        return fields.stream().anyMatch(field -> field.group(1).equalsIgnoreCase(name));
    }
}
