package dev.websentry.server.scan;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonWriter;
import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.scan.Scan.GradeSummary;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the database stores of a report. */
final class StoredReport {
    private final GradeSummary gradeSummary;
    private final byte[] compressedResults;
    private final String outcomeDigest;
    private final Optional<CertificateValidity> certificate;

    private StoredReport(
            GradeSummary gradeSummary,
            byte[] compressedResults,
            String outcomeDigest,
            Optional<CertificateValidity> certificate) {
        this.gradeSummary = gradeSummary;
        this.compressedResults = compressedResults;
        this.outcomeDigest = outcomeDigest;
        this.certificate = certificate;
    }

    static StoredReport of(Report report) {
        return new StoredReport(
                new GradeSummary(report.grade().label(), report.score()),
                Gzip.compress(ReportJsonWriter.resultsToString(report).getBytes(StandardCharsets.UTF_8)),
                outcomeDigest(report),
                CertificateValidity.of(report));
    }

    /** Values of checks change with every scan, such as the remaining days of a certificate. Outcomes do not. */
    private static String outcomeDigest(Report report) {
        StringBuilder text = new StringBuilder(report.grade().label() + " " + report.score());
        report.checks()
                .forEach(check ->
                        text.append('\n').append(check.label()).append(' ').append(check.outcome()));
        return Sha256.hex(text.toString());
    }

    GradeSummary gradeSummary() {
        return gradeSummary;
    }

    /** Returns the engine's JSON, compressed with gzip. The array is not copied and must not be changed. */
    byte[] compressedResults() {
        return compressedResults;
    }

    /** Returns a text that differs if the grade, the score or the outcome of a check differs. */
    String outcomeDigest() {
        return outcomeDigest;
    }

    Optional<CertificateValidity> certificate() {
        return certificate;
    }
}
