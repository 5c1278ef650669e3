package dev.websentry.engine.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CategoryResult;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonWriter;
import dev.websentry.engine.report.ReportVersions;
import dev.websentry.engine.syntax.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * Writes SARIF 2.1.0, the OASIS exchange format for findings, for code scanning tools and warnings plugins. Each
 * finding is a result, a waived finding has a suppression, and a check that was not checked is a notification.
 */
public final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String HOME = "https://websentry.dev";

    private SarifReport() {}

    /** Returns the findings of a report as a SARIF log. */
    public static String write(Report report, GateResult gate) {
        ObjectNode run = run(report.url());
        ArrayNode rules = rules(run, report.versions().map(ReportVersions::engine));
        ArrayNode notifications = invocation(run, true);
        ArrayNode results = run.putArray("results");
        for (CategoryResult category : report.categories()) {
            for (CheckResult check : category.checks()) {
                int index = rules.size();
                rules.add(rule(category, check));
                if (check.isFinding()) {
                    results.add(result(report, check, index, gate));
                } else if (check.isUnchecked()) {
                    String waived = gate.waiver(check)
                            .map(waiver -> " (" + ReportWording.waived(waiver) + ")")
                            .orElse("");
                    notifications.add(notification("warning", check.label() + ": " + check.value() + waived));
                }
            }
        }
        return log(run);
    }

    /** Returns the SARIF log of a scan that could not run: no results, and one notification with the error. */
    public static String writeError(String url, String message) {
        ObjectNode run = run(url);
        rules(run, Optional.empty());
        invocation(run, false).add(notification("error", url + ": " + message));
        run.putArray("results");
        return log(run);
    }

    private static String log(ObjectNode run) {
        ObjectNode log = node().put("$schema", SCHEMA).put("version", "2.1.0");
        log.putArray("runs").add(run);
        return ReportJsonWriter.toPrettyString(log);
    }

    /** Creates a run whose id separates the results of several sites where logs are collected. */
    private static ObjectNode run(String url) {
        ObjectNode run = node();
        run.putObject("automationDetails").put("id", "websentry/" + url + "/");
        return run;
    }

    private static ArrayNode rules(ObjectNode run, Optional<String> version) {
        ObjectNode driver = run.putObject("tool")
                .putObject("driver")
                .put("name", "WebSentry")
                .put("informationUri", HOME);
        version.ifPresent(engine -> driver.put("version", engine));
        return driver.putArray("rules");
    }

    private static ArrayNode invocation(ObjectNode run, boolean successful) {
        return run.putArray("invocations")
                .addObject()
                .put("executionSuccessful", successful)
                .putArray("toolExecutionNotifications");
    }

    private static ObjectNode notification(String level, String text) {
        ObjectNode notification = node().put("level", level);
        notification.putObject("message").put("text", text);
        return notification;
    }

    private static ObjectNode rule(CategoryResult category, CheckResult check) {
        ObjectNode rule = node().put("id", ruleId(category, check)).put("name", check.name());
        rule.putObject("shortDescription").put("text", check.name());
        rule.putObject("fullDescription").put("text", orName(check.description(), check));
        if (!check.references().isEmpty()) {
            rule.put("helpUri", check.references().get(0));
        }
        rule.putObject("help").put("text", help(check, false)).put("markdown", help(check, true));
        ObjectNode properties = rule.putObject("properties");
        properties.putArray("tags").add("security").add(category.key());
        return rule;
    }

    private static ObjectNode result(Report report, CheckResult check, int index, GateResult gate) {
        boolean failed = check.status() == CheckStatus.FAIL;
        ObjectNode result = node().put("ruleIndex", index).put("level", failed ? "error" : "warning");
        String id = check.label();
        check.id().ifPresent(ruleId -> result.put("ruleId", ruleId));
        String remediation = check.remediation().text();
        result.putObject("message")
                // Includes the site, because tools that expect files show only the path of the URL, without the host.
                .put(
                        "text",
                        check.name() + " at " + report.url() + ": " + check.value()
                                + (remediation.isEmpty() ? "" : " " + remediation));
        String url = report.finalUrl().orElse(asUri(report.url()));
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode artifact = location.putObject("physicalLocation");
        artifact.putObject("artifactLocation").put("uri", SiteLabel.artifactUri(url));
        // Tools that show findings in files require a line.
        artifact.putObject("region").put("startLine", 1);
        location.putArray("logicalLocations")
                .addObject()
                .put("fullyQualifiedName", url)
                .put("kind", "resource");
        result.putObject("partialFingerprints").put("websentry/v1", fingerprint(id + "\n" + report.url()));
        gate.waiver(check).ifPresent(waiver -> suppress(result, waiver));
        ObjectNode properties = result.putObject("properties");
        properties.put("url", url);
        ArrayNode evidence = properties.putArray("evidence");
        check.evidence().forEach(evidence::add);
        return result;
    }

    private static void suppress(ObjectNode result, Waiver waiver) {
        result.putArray("suppressions")
                .addObject()
                .put("kind", "external")
                .put("status", "accepted")
                .put("justification", ReportWording.waived(waiver));
    }

    private static String help(CheckResult check, boolean markdown) {
        StringBuilder text = new StringBuilder(orName(check.description(), check));
        Remediation remediation = check.remediation();
        if (!remediation.text().isEmpty()) {
            text.append("\n\n").append(remediation.text());
        }
        for (Remediation.ConfigSnippet config : remediation.configs()) {
            String code = config.code().strip();
            text.append("\n\n").append(config.target()).append(":\n");
            text.append(markdown ? "\n```\n" + code + "\n```" : code);
        }
        List<String> references = check.references();
        if (!references.isEmpty()) {
            text.append("\n\nSee ").append(String.join(", ", references));
        }
        return text.toString();
    }

    private static String ruleId(CategoryResult category, CheckResult check) {
        return check.id().orElse(category.key() + "/" + check.name());
    }

    private static String orName(String text, CheckResult check) {
        return text.isEmpty() ? check.name() : text;
    }

    private static String asUri(String url) {
        return url.contains("://") ? url : "https://" + url;
    }

    /** Returns a fingerprint that stays the same across scans, even if the wording of the finding changes. */
    private static String fingerprint(String text) {
        return Sha256.hex(text).substring(0, 32);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
