package dev.websentry.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityGateTest {
    private static final LocalDate LATER = LocalDate.of(2026, 12, 31);

    @Test
    void defaultConditionsRequireGradeB() {
        assertTrue(evaluate(TestReportBuilder.allPassed()).isPassed());
        // 25 of 100 points lost leave 75, a B; 40 lost leave 60, a C.
        assertTrue(evaluate(TestReportBuilder.allPassed().set("headers.main", CheckOutcome.FAIL))
                .isPassed());
        GateResult failed = evaluate(TestReportBuilder.allPassed()
                .set("headers.main", CheckOutcome.FAIL)
                .set("cookies.main", CheckOutcome.FAIL));
        assertEquals(List.of("grade C (60) is below B (70)"), failed.reasons());
    }

    @Test
    void reportsEveryReason() {
        Report report = TestReportBuilder.allPassed()
                .set("ssl.main", CheckVerdict.fail("no HTTPS").withScoreCap(CheckScoreCap.MAX_FOR_GRADE_F, "no HTTPS"))
                .set("dns.main", CheckOutcome.NOT_CHECKED)
                .build();
        GateResult failed = QualityGate.evaluate(
                report,
                new GateConditions(
                        Optional.of(Grade.A),
                        OptionalInt.of(85),
                        CategoryMinimum.parseAll("ssl=A,headers=B"),
                        true,
                        false));
        assertEquals(
                List.of(
                        "grade F (49) is below A (80), capped from 67: no HTTPS",
                        "score 49 is below 85, capped from 67: no HTTPS",
                        "category ssl is at 0% (F); at least A is required",
                        "the scan is incomplete: dns.main not checked"),
                failed.reasons());
    }

    @Test
    void incompleteScanFailsUnlessAllowed() {
        Report report = TestReportBuilder.allPassed()
                .set("dns.main", CheckOutcome.NOT_CHECKED)
                .build();
        assertFalse(QualityGate.evaluate(report, GateConditions.defaults()).isPassed());
        assertTrue(QualityGate.evaluate(report, new GateConditions(Optional.empty(), OptionalInt.empty(), false))
                .isPassed());
    }

    @Test
    void defaultGradeAppliesOnlyWithoutOtherConditions() {
        Report d = TestReportBuilder.allPassed()
                .set("headers.main", CheckOutcome.FAIL)
                .set("cookies.main", CheckOutcome.FAIL)
                .set("dns.main", CheckOutcome.FAIL)
                .build();
        assertEquals(50, d.score());
        assertTrue(QualityGate.evaluate(d, new GateConditions(Optional.empty(), OptionalInt.of(50), true))
                .isPassed());
        assertFalse(QualityGate.evaluate(d, new GateConditions(Optional.empty(), OptionalInt.empty(), true))
                .isPassed());
    }

    @ParameterizedTest
    @CsvSource({"FAIL, true", "WARN, true", "NOT_CHECKED, true"})
    void waivedFindingCountsAsPassedOnlyInTheQualityGate(CheckOutcome outcome, boolean passed) {
        Report report = TestReportBuilder.allPassed().set("ssl.main", outcome).build();
        int score = report.score();
        GateConditions aPlus = new GateConditions(Optional.of(Grade.A_PLUS), OptionalInt.empty(), true);
        assertFalse(QualityGate.evaluate(report, aPlus).isPassed());
        GateResult result =
                QualityGate.evaluate(report, aPlus, List.of(waiver("ssl.main", null, LATER)), Optional.empty());
        assertEquals(passed, result.isPassed());
        assertEquals(100, result.score());
        assertEquals(score, report.score());
        assertEquals(
                List.of("ssl.main"),
                report.checks().filter(result::isWaived).map(CheckResult::label).toList());
    }

    @Test
    void waiverRemovesTheCapsOfTheWaivedFinding() {
        Report report = TestReportBuilder.allPassed()
                .set("ssl.main", CheckVerdict.warn("old").withScoreCap(CheckScoreCap.MAX_FOR_GRADE_B, "RC4"))
                .set("headers.main", CheckVerdict.warn("odd").withScoreCap(CheckScoreCap.MAX_FOR_GRADE_C, "CORS"))
                .build();
        assertEquals(69, report.score());
        GateResult result = QualityGate.evaluate(
                report, GateConditions.defaults(), List.of(waiver("headers.main", null, LATER)), Optional.empty());
        assertEquals(79, result.score());
    }

    @Test
    void expiredWaiverIsReportedAndIgnored() {
        Report report =
                TestReportBuilder.allPassed().set("ssl.main", CheckOutcome.FAIL).build();
        GateResult result = QualityGate.evaluate(
                report,
                new GateConditions(Optional.of(Grade.A), OptionalInt.empty(), true),
                List.of(waiver("ssl.main", null, LocalDate.of(2026, 2, 28))),
                Optional.empty());
        assertFalse(result.isPassed());
        assertEquals(List.of("the waiver for ssl.main expired on 2026-02-28 and is ignored"), result.notes());
    }

    @Test
    void waiverIsValidOnItsLastDay() {
        Report report =
                TestReportBuilder.allPassed().set("ssl.main", CheckOutcome.FAIL).build();
        assertTrue(QualityGate.evaluate(
                        report,
                        GateConditions.defaults(),
                        List.of(waiver("ssl.main", null, LocalDate.of(2026, 3, 1))),
                        Optional.empty())
                .isPassed());
    }

    @Test
    void unusedWaiverIsReported() {
        GateResult result = QualityGate.evaluate(
                TestReportBuilder.allPassed().build(),
                GateConditions.defaults(),
                List.of(waiver("dns.main", null, LATER)),
                Optional.empty());
        assertEquals(List.of("the waiver for dns.main is unused: the check has no finding"), result.notes());
    }

    @ParameterizedTest
    @CsvSource({"shop.example.com, 100", "SHOP.example.com, 100", "other.example.com, 70"})
    void waiverForOneHostAppliesOnlyToThatHost(String host, int score) {
        Report report =
                TestReportBuilder.allPassed().set("ssl.main", CheckOutcome.FAIL).build();
        assertEquals(
                score,
                QualityGate.evaluate(
                                report,
                                GateConditions.defaults(),
                                List.of(waiver("ssl.main", host, LATER)),
                                Optional.empty())
                        .score());
    }

    @Test
    void worseCheckIsARegression() {
        GateResult result = regression(
                TestReportBuilder.allPassed().set("dns.main", CheckOutcome.WARN), TestReportBuilder.allPassed());
        assertEquals(
                List.of(
                        "regression: dns.main changed from pass to warn (found WARN)",
                        "regression: the score before caps dropped from 100 to 95"),
                result.reasons());
    }

    @Test
    void unchangedOrBetterResultIsNotARegression() {
        TestReportBuilder bad =
                TestReportBuilder.allPassed().set("ssl.main", CheckOutcome.FAIL).set("headers.main", CheckOutcome.FAIL);
        assertTrue(regression(bad, bad).isPassed());
        assertTrue(regression(TestReportBuilder.allPassed(), bad).isPassed());
    }

    @Test
    void checksNotCheckedInOneReportAreNotCompared() {
        TestReportBuilder lucky = TestReportBuilder.allPassed()
                .set("ssl.main", CheckOutcome.NOT_CHECKED)
                .set("dns.main", CheckOutcome.FAIL);
        TestReportBuilder now =
                TestReportBuilder.allPassed().set("ssl.main", CheckOutcome.FAIL).set("dns.main", CheckOutcome.FAIL);
        assertTrue(regression(now, lucky).isPassed());
    }

    @Test
    void differentScoringVersionsCompareOnlyChecks() {
        TestReportBuilder before = TestReportBuilder.allPassed().scoring(2);
        GateResult result = regression(TestReportBuilder.allPassed().set("dns.main", CheckOutcome.FAIL), before);
        assertEquals(List.of("regression: dns.main changed from pass to fail (found FAIL)"), result.reasons());
    }

    @Test
    void missingBaselineIsReportedAndRequiresGradeB() {
        GateResult result = QualityGate.evaluate(
                TestReportBuilder.allPassed()
                        .set("headers.main", CheckOutcome.FAIL)
                        .set("cookies.main", CheckOutcome.FAIL)
                        .build(),
                onRegression());
        assertEquals(List.of("no baseline yet; regressions were not evaluated"), result.notes());
        assertEquals(List.of("grade C (60) is below B (70)"), result.reasons());
    }

    @Test
    void waivedFindingIsNotARegression() {
        assertTrue(QualityGate.evaluate(
                        TestReportBuilder.allPassed()
                                .set("dns.main", CheckOutcome.FAIL)
                                .build(),
                        onRegression(),
                        List.of(waiver("dns.main", null, LATER)),
                        Optional.of(TestReportBuilder.allPassed().build()))
                .isPassed());
    }

    @Test
    void categoryMinimumPassesIfNotApplicableAndFailsIfNotChecked() {
        GateConditions dnsA = new GateConditions(
                Optional.empty(), OptionalInt.empty(), CategoryMinimum.parseAll("dns=A"), false, false);
        assertTrue(QualityGate.evaluate(
                        TestReportBuilder.allPassed()
                                .set("dns.main", CheckOutcome.NOT_APPLICABLE)
                                .build(),
                        dnsA)
                .isPassed());
        assertEquals(
                List.of("category dns was not checked; at least A is required"),
                QualityGate.evaluate(
                                TestReportBuilder.allPassed()
                                        .set("dns.main", CheckOutcome.NOT_CHECKED)
                                        .build(),
                                dnsA)
                        .reasons());
    }

    @ParameterizedTest
    @CsvSource({"ssl=A, SSL, 80", "headers=75, HEADERS, 75", "dns= 60 %, DNS, 60", "server=a+, SERVER, 90"})
    void parsesCategoryMinimums(String text, CheckCategory category, int percent) {
        CategoryMinimum minimum = CategoryMinimum.parseAll(text).get(0);
        assertEquals(category, minimum.category());
        assertEquals(percent, minimum.percent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls=A", "ssl", "ssl=E", "ssl=101", "=A", "ssl="})
    void rejectsInvalidCategoryMinimums(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> CategoryMinimum.parseAll(text))
                .getMessage();
        assertTrue(message.contains("\"" + text + "\"") && message.contains("such as ssl=A"), message);
    }

    private static GateResult evaluate(TestReportBuilder report) {
        return QualityGate.evaluate(report.build(), GateConditions.defaults());
    }

    private static GateResult regression(TestReportBuilder now, TestReportBuilder before) {
        return QualityGate.evaluate(now.build(), onRegression(), List.of(), Optional.of(before.build()));
    }

    private static GateConditions onRegression() {
        return new GateConditions(Optional.empty(), OptionalInt.empty(), List.of(), false, true);
    }

    private static Waiver waiver(String id, String host, LocalDate until) {
        return new Waiver(id, host == null ? List.of() : List.of(host), "accepted", until);
    }
}
