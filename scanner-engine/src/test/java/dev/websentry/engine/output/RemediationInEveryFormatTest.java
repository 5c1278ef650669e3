package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.TestReportBuilder;
import dev.websentry.engine.report.Report;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemediationInEveryFormatTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BADGE")
    void everyFormatExceptTheBadgeContainsTheRemediation(ReportFormat format) {
        Report report = TestReportBuilder.allPassed()
                .set(
                        "headers.main",
                        CheckVerdict.fail("missing")
                                .withRemediation(Remediation.of("Send the header.")
                                        .nginx("add_header X-One 1 always;")
                                        .apache("Header always set X-One 1")
                                        .springSecurity("http.headers(h -> h.frameOptions(f -> f.deny()));")))
                .build();
        String text = format.write(report, QualityGate.evaluate(report, GateConditions.defaults()));
        assertTrue(text.contains("Send the header."), text);
        assertTrue(text.contains("add_header X-One 1 always;"), text);
        assertTrue(text.contains("Header always set X-One 1"), text);
        assertTrue(text.contains("h.frameOptions(f -"), text);
    }
}
