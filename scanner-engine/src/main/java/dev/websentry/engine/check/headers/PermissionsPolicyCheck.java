package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.PermissionsPolicy;
import java.util.Optional;

/** Checks that embedded and injected code cannot use powerful browser features, such as camera and geolocation. */
final class PermissionsPolicyCheck implements Check {
    private static final String NAME = "Permissions-Policy";
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "headers.permissions-policy", NAME, CheckCategory.HEADERS, 2)
            .description("Powerful browser features that the site does not need are disabled.")
            .remediation(HeaderRemediation.sendHeader(
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
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return FinalResponse.evaluateHtml(
                seen,
                page -> evaluate(page.headers())
                        .evidence(page.headerEvidence(NAME))
                        .evidence(page.headerEvidence("Feature-Policy")));
    }

    private static CheckVerdict evaluate(ResponseHeaders headers) {
        Optional<String> value = headers.joined(NAME);
        if (value.isEmpty()) {
            return headers.has("Feature-Policy")
                    ? CheckVerdict.warn("Only Feature-Policy is sent, which Permissions-Policy has replaced.")
                    : CheckVerdict.fail("No Permissions-Policy header.");
        }
        Optional<PermissionsPolicy> parsed = PermissionsPolicy.parse(value.get());
        if (parsed.isEmpty()) {
            return CheckVerdict.fail(
                    "Permissions-Policy is not a Structured Fields dictionary, so browsers ignore the whole header.");
        }
        PermissionsPolicy policy = parsed.get();
        if (!policy.openPowerfulFeatures().isEmpty()) {
            return CheckVerdict.fail(
                    "Every embedded page may use " + Excerpt.joinFirst(policy.openPowerfulFeatures()) + ".");
        }
        return policy.restrictedPowerfulFeatures().isEmpty()
                ? CheckVerdict.fail("Permissions-Policy does not restrict any known powerful feature.")
                : CheckVerdict.pass("Restricts " + Excerpt.joinFirst(policy.restrictedPowerfulFeatures()) + ".");
    }
}
