package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.gate.Gate;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.Reports;
import dev.websentry.engine.report.Report;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemediesInEveryFormatTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BADGE")
    void everyFormatExceptTheBadgeContainsTheRemediation(Format format) {
        Report report = Reports.allPassed()
                .set(
                        "headers.main",
                        Verdict.fail("missing")
                                .remedy(Remediation.of("Send the header.")
                                        .nginx("add_header X-One 1 always;")
                                        .apache("Header always set X-One 1")
                                        .spring("http.headers(h -> h.frameOptions(f -> f.deny()));")))
                .build();
        String text = format.write(report, Gate.judge(report, GateConditions.defaults()));
        assertTrue(text.contains("Send the header."), text);
        assertTrue(text.contains("add_header X-One 1 always;"), text);
        assertTrue(text.contains("Header always set X-One 1"), text);
        assertTrue(text.contains("h.frameOptions(f -"), text);
    }
}
