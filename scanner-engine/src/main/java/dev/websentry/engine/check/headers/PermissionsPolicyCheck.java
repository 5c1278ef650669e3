package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.PermissionsPolicy;
import java.util.Optional;

/** Checks that embedded and injected code cannot use powerful browser features, such as camera and geolocation. */
final class PermissionsPolicyCheck implements Check {
    private static final String NAME = "Permissions-Policy";
    private static final Definition DEFINITION = Definition.of("headers.permissions-policy", NAME, Category.HEADERS, 2)
            .describe("Powerful browser features that the site does not need are disabled.")
            .remedy(HeaderRemedy.send(
                    "Send a Permissions-Policy that disables the powerful features that the site does not use.",
                    NAME,
                    "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
                    "http.headers(headers -> headers.permissionsPolicyHeader(permissions -> permissions\n"
                            + "        .policy(\"camera=(), microphone=(), geolocation=(), payment=(), usb=()\")));"))
            .references(
                    "https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field",
                    "https://www.rfc-editor.org/rfc/rfc9651",
                    "https://github.com/w3c/webappsec-permissions-policy/blob/main/features.md")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return FinalDocument.judge(
                seen,
                page -> evaluate(page.headers())
                        .evidence(page.evidence(NAME))
                        .evidence(page.evidence("Feature-Policy")));
    }

    private static Verdict evaluate(Headers headers) {
        Optional<String> value = headers.joined(NAME);
        if (value.isEmpty()) {
            return headers.has("Feature-Policy")
                    ? Verdict.warn("Only Feature-Policy is sent, which Permissions-Policy has replaced.")
                    : Verdict.fail("No Permissions-Policy header.");
        }
        Optional<PermissionsPolicy> parsed = PermissionsPolicy.parse(value.get());
        if (parsed.isEmpty()) {
            return Verdict.fail(
                    "Permissions-Policy is not a Structured Fields dictionary, so browsers ignore the whole header.");
        }
        PermissionsPolicy policy = parsed.get();
        if (!policy.open().isEmpty()) {
            return Verdict.fail("Every embedded page may use " + Quote.list(policy.open()) + ".");
        }
        return policy.limited().isEmpty()
                ? Verdict.fail("Permissions-Policy does not restrict any known powerful feature.")
                : Verdict.pass("Restricts " + Quote.list(policy.limited()) + ".");
    }
}
