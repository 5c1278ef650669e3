package dev.websentry.engine.report;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckStatus;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.syntax.document.DocumentParser;
import dev.websentry.engine.syntax.document.DocumentValue;
import dev.websentry.engine.syntax.document.DocumentValue.DocumentType;
import dev.websentry.engine.syntax.document.InvalidDocumentException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON of a report: of this engine, or of the hosted service, which writes only the documented fields. */
public final class ReportJsonReader {
    private ReportJsonReader() {}

    /** Thrown when a text is not a report. The message names the line and the field. */
    public static final class InvalidReportException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidReportException(String message) {
            super(message);
        }
    }

    /**
     * Reads the response of {@code GET /api/scan/:scanId/json}, or a report file.
     *
     * @throws InvalidReportException if the text is not JSON, or if a documented field is missing or has the wrong type
     */
    public static Report read(String text) throws InvalidReportException {
        try {
            DocumentValue root = DocumentParser.parseJson(text)
                    .orElseThrow(() -> new InvalidDocumentException("line 1: the text is empty"));
            return report(root);
        } catch (InvalidDocumentException e) {
            throw new InvalidReportException(String.valueOf(e.getMessage()));
        }
    }

    private static Report report(DocumentValue root) throws InvalidDocumentException {
        DocumentValue scan = root.require("scan", DocumentType.OBJECT);
        DocumentValue results = scan.require("results", DocumentType.OBJECT);
        List<CategoryResult> categories = categories(results.require("categories", DocumentType.OBJECT));
        Optional<DocumentValue> complete = results.optional("complete", DocumentType.BOOLEAN);
        int score = scan.integer("score");
        return new Report(
                scan.string("id"),
                scan.string("url"),
                instant(results.require("scannedAt", DocumentType.STRING)),
                Duration.ofMillis(results.integer("durationMs")),
                score,
                grade(scan.require("grade", DocumentType.STRING)),
                results.integer("rawScore", score),
                categories,
                caps(results.list("caps")),
                complete.map(value -> value.text().equals("true")).orElseGet(() -> looksComplete(categories)),
                results.optional("finalUrl", DocumentType.STRING).map(DocumentValue::text),
                versions(results));
    }

    /**
     * Estimates completeness for a service that does not report it: complete if no category is missing and no check is
     * marked as not checked.
     */
    private static boolean looksComplete(List<CategoryResult> categories) {
        return categories.size() == CheckCategory.values().length
                && categories.stream()
                        .flatMap(category -> category.checks().stream())
                        .noneMatch(CheckResult::isUnchecked);
    }

    private static List<CategoryResult> categories(DocumentValue json) throws InvalidDocumentException {
        List<CategoryResult> categories = new ArrayList<>();
        for (Map.Entry<String, DocumentValue> entry : json.fields().entrySet()) {
            DocumentValue category = entry.getValue();
            List<CheckResult> checks = new ArrayList<>();
            for (DocumentValue check :
                    category.require("checks", DocumentType.ARRAY).items()) {
                checks.add(check(check));
            }
            categories.add(new CategoryResult(
                    CheckCategory.ofKey(entry.getKey())
                            .orElseThrow(() -> category.invalid("unknown category \"" + entry.getKey() + "\"")),
                    category.integer("score"),
                    category.integer("maxScore"),
                    categoryGrade(category.require("grade", DocumentType.STRING)),
                    checks));
        }
        return categories;
    }

    private static CheckResult check(DocumentValue json) throws InvalidDocumentException {
        return new CheckResult(
                json.optional("id", DocumentType.STRING).map(DocumentValue::text),
                json.string("name"),
                outcome(json),
                json.string("value"),
                json.string("description"),
                halves(json.number("points", 0)),
                halves(json.number("maxPoints", 0)),
                strings(json.list("evidence")),
                remediation(json.optional("remediation", DocumentType.OBJECT)),
                strings(json.list("reference")));
    }

    /**
     * Returns the outcome of a check. A service that reports only the documented fields marks a check that could not
     * run with the beginning of its value.
     */
    private static CheckOutcome outcome(DocumentValue json) throws InvalidDocumentException {
        DocumentValue field = json.require("status", DocumentType.STRING);
        CheckStatus status = CheckStatus.ofLabel(field.text())
                .orElseThrow(() -> field.invalid("unknown status \"" + field.text() + "\""));
        Optional<DocumentValue> name = json.optional("outcome", DocumentType.STRING);
        if (name.isPresent()) {
            return Arrays.stream(CheckOutcome.values())
                    .filter(outcome -> outcome.name().equals(name.get().text()) && outcome.status() == status)
                    .findFirst()
                    .orElseThrow(() -> name.get()
                            .invalid("unknown outcome \"" + name.get().text() + "\" of status \"" + status.label()
                                    + "\""));
        }
        return switch (status) {
            case PASS -> CheckOutcome.PASS;
            case WARN -> CheckOutcome.WARN;
            case FAIL -> CheckOutcome.FAIL;
            case INFO ->
                json.string("value").startsWith(CheckVerdict.NOT_CHECKED_PREFIX.strip())
                        ? CheckOutcome.NOT_CHECKED
                        : CheckOutcome.INFO;
        };
    }

    private static Optional<Grade> categoryGrade(DocumentValue label) throws InvalidDocumentException {
        return label.text().equals(CategoryResult.NO_GRADE) ? Optional.empty() : Optional.of(grade(label));
    }

    private static Remediation remediation(Optional<DocumentValue> json) throws InvalidDocumentException {
        if (json.isEmpty()) {
            return Remediation.of("");
        }
        Remediation remediation = Remediation.of(json.get().string("text", ""));
        for (DocumentValue config : json.get().list("configs")) {
            remediation = remediation.withConfig(config.string("target", ""), config.string("code", ""));
        }
        return remediation;
    }

    private static List<ScoreCap> caps(List<DocumentValue> json) throws InvalidDocumentException {
        List<ScoreCap> caps = new ArrayList<>();
        for (DocumentValue cap : json) {
            caps.add(new ScoreCap(
                    cap.integer("limit"),
                    cap.optional("checkId", DocumentType.STRING).map(DocumentValue::text),
                    cap.string("reason", "")));
        }
        return caps;
    }

    private static Optional<ReportVersions> versions(DocumentValue results) throws InvalidDocumentException {
        return results.field("scoringVersion").isPresent()
                ? Optional.of(new ReportVersions(
                        results.integer("schemaVersion", 0),
                        results.integer("scoringVersion"),
                        results.string("engineVersion", "")))
                : Optional.empty();
    }

    private static int halves(double points) {
        return (int) Math.round(2 * points);
    }

    private static List<String> strings(List<DocumentValue> array) throws InvalidDocumentException {
        List<String> values = new ArrayList<>();
        for (DocumentValue value : array) {
            values.add(value.requireType(DocumentType.STRING).text());
        }
        return values;
    }

    private static Grade grade(DocumentValue label) throws InvalidDocumentException {
        return Grade.ofLabel(label.text()).orElseThrow(() -> label.invalid("unknown grade \"" + label.text() + "\""));
    }

    /** Parses a UTC time, with a trailing Z or without one as in {@code created_at}. */
    private static Instant instant(DocumentValue value) throws InvalidDocumentException {
        String text = value.text();
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw value.invalid("invalid time \"" + text + "\"");
        }
    }
}
