package dev.websentry.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixPlanTest {
    private static FixPlan plan(Report report, List<Waiver> waivers) {
        return FixPlan.of(report, waivers).orElseThrow();
    }

    private static List<String> ids(FixPlan plan) {
        return plan.checks().stream().map(CheckResult::label).toList();
    }

    private static TestReportBuilder fiveFindings() {
        return TestReportBuilder.allPassed()
                .set("ssl.main", CheckOutcome.WARN)
                .set("headers.main", CheckOutcome.FAIL)
                .set("cookies.main", CheckOutcome.FAIL)
                .set("dns.main", CheckOutcome.FAIL)
                .set("redirects.main", CheckOutcome.WARN);
    }

    @Test
    void findingsThatCostTheMostPointsComeFirst() {
        Report report = fiveFindings().build();
        FixPlan plan = plan(report, List.of());
        assertEquals(List.of("ssl.main", "headers.main", "cookies.main"), ids(plan));
        assertEquals(report.score(), plan.before());
        assertEquals(85, plan.after());
    }

    @Test
    void aCapIsRemovedBeforeFindingsThatCostMorePoints() {
        Report report = fiveFindings()
                .set(
                        "redirects.main",
                        CheckVerdict.warn("http stays open").withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "no HTTPS"))
                .build();
        FixPlan plan = plan(report, List.of());
        assertEquals(List.of("ssl.main", "headers.main", "redirects.main"), ids(plan));
        assertEquals(30, plan.before());
        assertEquals(75, plan.after());
    }

    @Test
    void waivedFindingsAreNotPartOfThePlan() {
        Waiver waiver = new Waiver("headers.main", List.of(), "accepted", LocalDate.of(2099, 1, 1));
        FixPlan plan = plan(fiveFindings().build(), List.of(waiver));
        assertFalse(ids(plan).contains("headers.main"));
    }

    @Test
    void aReportWithFewFindingsHasNoPlan() {
        Report report = TestReportBuilder.allPassed()
                .set("headers.main", CheckOutcome.FAIL)
                .build();
        assertEquals(Optional.empty(), FixPlan.of(report, List.of()));
    }
}
