package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reports whether the site publishes a valid security.txt (RFC 9116). */
final class SecurityTxtCheck implements Check {
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z-]+):[ \\t]*(\\S[^\\r\\n]*?)[ \\t]*$");

    private static final Definition DEFINITION = Definition.info("server.security-txt", "security.txt", Category.SERVER)
            .describe("/.well-known/security.txt states whom to contact about a vulnerability, and when it expires.")
            .remedy(
                    Remediation.of(
                                    "Publish /.well-known/security.txt over HTTPS as text/plain, with Contact and Expires.")
                            .with(
                                    "/.well-known/security.txt",
                                    "Contact: mailto:security@example.com\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: en"))
            .references("https://www.rfc-editor.org/rfc/rfc9116")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        Exchange exchange = seen.site().leakage().value().announced().securityTxt();
        Response response = exchange.response().orElse(null);
        if (response == null) {
            return Verdict.info("Not observed: no response for /.well-known/security.txt");
        }
        if (response.isRedirect()) {
            return Verdict.info(
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
            return Verdict.info("There is no security.txt");
        }
        return Verdict.info("There is a security.txt" + assessment(fields, contact, text, exchange, seen.now()))
                .evidence("GET " + exchange.url() + " -> " + response.status());
    }

    /** Returns the first violation of RFC 9116 sections 2.5.3, 2.5.5 and 3; if there is none, the expiry date. */
    private static String assessment(
            List<MatchResult> fields, boolean contact, boolean text, Exchange exchange, Instant now) {
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
                return ", but it expired: " + Texts.inValue(expires.get(0));
            }
        } catch (DateTimeException e) {
            return ", but its Expires field is not an RFC 3339 date";
        }
        if (!exchange.url().isHttps()) {
            return ", but not over HTTPS";
        }
        return text ? ", valid until " + Texts.inValue(expires.get(0)) : ", but not as text/plain";
    }

    private static boolean has(List<MatchResult> fields, String name) {
        return fields.stream().anyMatch(field -> field.group(1).equalsIgnoreCase(name));
    }
}
