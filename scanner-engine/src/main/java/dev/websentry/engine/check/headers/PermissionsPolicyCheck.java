package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.PermissionsPolicy;
import java.util.Optional;

/** Whether embedded and injected code is kept from cameras, positions and the like. */
final class PermissionsPolicyCheck implements Check {
    private static final String NAME = "Permissions-Policy";
    private static final Definition DEFINITION = Definition.of("headers.permissions-policy", NAME, Category.HEADERS, 2)
            .describe("Powerful browser features that the site does not need are switched off.")
            .remedy(HeaderRemedy.send(
                    "Send a Permissions-Policy that switches off the powerful features you do not use.",
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
                page -> judge(page.headers()).evidence(page.evidence(NAME)).evidence(page.evidence("Feature-Policy")));
    }

    private static Verdict judge(Headers headers) {
        Optional<String> value = headers.joined(NAME);
        if (value.isEmpty()) {
            return headers.has("Feature-Policy")
                    ? Verdict.warn("Only Feature-Policy, which Permissions-Policy has replaced.")
                    : Verdict.fail("No Permissions-Policy.");
        }
        Optional<PermissionsPolicy> parsed = PermissionsPolicy.parse(value.get());
        if (parsed.isEmpty()) {
            return Verdict.fail("Permissions-Policy is no Structured Field dictionary, so browsers drop all of it.");
        }
        PermissionsPolicy policy = parsed.get();
        if (!policy.open().isEmpty()) {
            return Verdict.fail("Every embedded page may use " + Quote.list(policy.open()) + ".");
        }
        return policy.limited().isEmpty()
                ? Verdict.fail("Permissions-Policy limits no powerful feature that is known.")
                : Verdict.pass("Limits " + Quote.list(policy.limited()) + ".");
    }
}
