package dev.websentry.engine.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Cap;
import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
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

class GateTest {
    private static final LocalDate LATER = LocalDate.of(2026, 12, 31);

    @Test
    void defaultConditionsRequireGradeB() {
        assertTrue(evaluate(Reports.allPassed()).isOpen());
        // 25 of 100 points lost leave 75, a B; 40 lost leave 60, a C.
        assertTrue(evaluate(Reports.allPassed().set("headers.main", Outcome.FAIL)).isOpen());
        GateResult failed =
                evaluate(Reports.allPassed().set("headers.main", Outcome.FAIL).set("cookies.main", Outcome.FAIL));
        assertEquals(List.of("grade C (60) is below B (70)"), failed.reasons());
    }

    @Test
    void reportsEveryReason() {
        Report report = Reports.allPassed()
                .set("ssl.main", Verdict.fail("no HTTPS").cap(Cap.F, "no HTTPS"))
                .set("dns.main", Outcome.NOT_CHECKED)
                .build();
        GateResult failed = Gate.judge(
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
        Report report = Reports.allPassed().set("dns.main", Outcome.NOT_CHECKED).build();
        assertFalse(Gate.judge(report, GateConditions.defaults()).isOpen());
        assertTrue(Gate.judge(report, new GateConditions(Optional.empty(), OptionalInt.empty(), false))
                .isOpen());
    }

    @Test
    void defaultGradeAppliesOnlyWithoutOtherConditions() {
        Report d = Reports.allPassed()
                .set("headers.main", Outcome.FAIL)
                .set("cookies.main", Outcome.FAIL)
                .set("dns.main", Outcome.FAIL)
                .build();
        assertEquals(50, d.score());
        assertTrue(Gate.judge(d, new GateConditions(Optional.empty(), OptionalInt.of(50), true))
                .isOpen());
        assertFalse(Gate.judge(d, new GateConditions(Optional.empty(), OptionalInt.empty(), true))
                .isOpen());
    }

    @ParameterizedTest
    @CsvSource({"FAIL, true", "WARN, true", "NOT_CHECKED, true"})
    void waivedFindingCountsAsPassedOnlyInTheQualityGate(Outcome outcome, boolean passed) {
        Report report = Reports.allPassed().set("ssl.main", outcome).build();
        int score = report.score();
        GateConditions aPlus = new GateConditions(Optional.of(Grade.A_PLUS), OptionalInt.empty(), true);
        assertFalse(Gate.judge(report, aPlus).isOpen());
        GateResult result = Gate.judge(report, aPlus, List.of(waiver("ssl.main", null, LATER)), Optional.empty());
        assertEquals(passed, result.isOpen());
        assertEquals(100, result.score());
        assertEquals(score, report.score());
        assertTrue(result.isWaived("ssl.main"));
    }

    @Test
    void waiverRemovesTheCapsOfTheWaivedFinding() {
        Report report = Reports.allPassed()
                .set("ssl.main", Verdict.warn("old").cap(Cap.B, "RC4"))
                .set("headers.main", Verdict.warn("odd").cap(Cap.C, "CORS"))
                .build();
        assertEquals(69, report.score());
        GateResult result = Gate.judge(
                report, GateConditions.defaults(), List.of(waiver("headers.main", null, LATER)), Optional.empty());
        assertEquals(79, result.score());
    }

    @Test
    void expiredWaiverIsReportedAndIgnored() {
        Report report = Reports.allPassed().set("ssl.main", Outcome.FAIL).build();
        GateResult result = Gate.judge(
                report,
                new GateConditions(Optional.of(Grade.A), OptionalInt.empty(), true),
                List.of(waiver("ssl.main", null, LocalDate.of(2026, 2, 28))),
                Optional.empty());
        assertFalse(result.isOpen());
        assertEquals(List.of("the waiver for ssl.main expired on 2026-02-28 and is ignored"), result.notes());
    }

    @Test
    void waiverIsValidOnItsLastDay() {
        Report report = Reports.allPassed().set("ssl.main", Outcome.FAIL).build();
        assertTrue(Gate.judge(
                        report,
                        GateConditions.defaults(),
                        List.of(waiver("ssl.main", null, LocalDate.of(2026, 3, 1))),
                        Optional.empty())
                .isOpen());
    }

    @Test
    void unusedWaiverIsReported() {
        GateResult result = Gate.judge(
                Reports.allPassed().build(),
                GateConditions.defaults(),
                List.of(waiver("dns.main", null, LATER)),
                Optional.empty());
        assertEquals(List.of("the waiver for dns.main is unused: the check has no finding"), result.notes());
    }

    @ParameterizedTest
    @CsvSource({"shop.example.com, 100", "SHOP.example.com, 100", "other.example.com, 70"})
    void waiverForOneHostAppliesOnlyToThatHost(String host, int score) {
        Report report = Reports.allPassed().set("ssl.main", Outcome.FAIL).build();
        assertEquals(
                score,
                Gate.judge(
                                report,
                                GateConditions.defaults(),
                                List.of(waiver("ssl.main", host, LATER)),
                                Optional.empty())
                        .score());
    }

    @Test
    void worseCheckIsARegression() {
        GateResult result = regression(Reports.allPassed().set("dns.main", Outcome.WARN), Reports.allPassed());
        assertEquals(
                List.of(
                        "regression: dns.main changed from pass to warn (found WARN)",
                        "regression: the score before caps dropped from 100 to 95"),
                result.reasons());
    }

    @Test
    void unchangedOrBetterResultIsNotARegression() {
        Reports bad = Reports.allPassed().set("ssl.main", Outcome.FAIL).set("headers.main", Outcome.FAIL);
        assertTrue(regression(bad, bad).isOpen());
        assertTrue(regression(Reports.allPassed(), bad).isOpen());
    }

    @Test
    void checksNotCheckedInOneReportAreNotCompared() {
        Reports lucky = Reports.allPassed().set("ssl.main", Outcome.NOT_CHECKED).set("dns.main", Outcome.FAIL);
        Reports now = Reports.allPassed().set("ssl.main", Outcome.FAIL).set("dns.main", Outcome.FAIL);
        assertTrue(regression(now, lucky).isOpen());
    }

    @Test
    void differentScoringVersionsCompareOnlyChecks() {
        Reports before = Reports.allPassed().scoring(2);
        GateResult result = regression(Reports.allPassed().set("dns.main", Outcome.FAIL), before);
        assertEquals(List.of("regression: dns.main changed from pass to fail (found FAIL)"), result.reasons());
    }

    @Test
    void missingBaselineIsReportedAndRequiresGradeB() {
        GateResult result = Gate.judge(
                Reports.allPassed()
                        .set("headers.main", Outcome.FAIL)
                        .set("cookies.main", Outcome.FAIL)
                        .build(),
                onRegression());
        assertEquals(List.of("no baseline found; regressions were not evaluated"), result.notes());
        assertEquals(List.of("grade C (60) is below B (70)"), result.reasons());
    }

    @Test
    void waivedFindingIsNotARegression() {
        assertTrue(Gate.judge(
                        Reports.allPassed().set("dns.main", Outcome.FAIL).build(),
                        onRegression(),
                        List.of(waiver("dns.main", null, LATER)),
                        Optional.of(Reports.allPassed().build()))
                .isOpen());
    }

    @Test
    void categoryMinimumPassesIfNotApplicableAndFailsIfNotChecked() {
        GateConditions dnsA = new GateConditions(
                Optional.empty(), OptionalInt.empty(), CategoryMinimum.parseAll("dns=A"), false, false);
        assertTrue(Gate.judge(
                        Reports.allPassed()
                                .set("dns.main", Outcome.NOT_APPLICABLE)
                                .build(),
                        dnsA)
                .isOpen());
        assertEquals(
                List.of("category dns was not checked; at least A is required"),
                Gate.judge(
                                Reports.allPassed()
                                        .set("dns.main", Outcome.NOT_CHECKED)
                                        .build(),
                                dnsA)
                        .reasons());
    }

    @ParameterizedTest
    @CsvSource({"ssl=A, SSL, 80", "headers=75, HEADERS, 75", "dns= 60 %, DNS, 60", "server=a+, SERVER, 90"})
    void parsesCategoryMinimums(String text, Category category, int percent) {
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

    private static GateResult evaluate(Reports report) {
        return Gate.judge(report.build(), GateConditions.defaults());
    }

    private static GateResult regression(Reports now, Reports before) {
        return Gate.judge(now.build(), onRegression(), List.of(), Optional.of(before.build()));
    }

    private static GateConditions onRegression() {
        return new GateConditions(Optional.empty(), OptionalInt.empty(), List.of(), false, true);
    }

    private static Waiver waiver(String id, String host, LocalDate until) {
        return new Waiver(id, Optional.ofNullable(host), "accepted", until);
    }
}
