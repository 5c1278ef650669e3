package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportColorTest {
    private static final String PAPER = "#ffffff";
    private static final String DARK_PAPER = "#0d1117";

    @ParameterizedTest
    @EnumSource(ReportColor.class)
    void textHasEnoughContrastInBothSchemes(ReportColor color) {
        assertTrue(contrast(color.light(), PAPER) >= 4.5, () -> color + " on white");
        assertTrue(contrast(color.dark(), DARK_PAPER) >= 4.5, () -> color + " on the dark page");
    }

    @Test
    void gradesThatPassTheDefaultGateAreGreen() {
        for (Grade grade : Grade.values()) {
            assertEquals(
                    grade.minScore() >= GateConditions.DEFAULT_FAIL_BELOW.minScore(),
                    ReportColor.ofGrade(grade) == ReportColor.PASS,
                    grade.label());
        }
    }

    @Test
    void badgeAndPageHaveTheColorOfTheGrade() {
        for (Report report : List.of(SampleReports.full(), SampleReports.clean(), SampleReports.incomplete())) {
            ReportColor color = ReportColor.ofGrade(report.grade());
            assertTrue(SvgBadge.write(report).contains("fill=\"" + color.light() + "\""));
            assertTrue(page(report).selectFirst(".ws-grade").hasClass("ws-" + color.cssClass()));
        }
    }

    @Test
    void everyCheckHasTheSameWordsAndColorInTheListAndInTheFindings() {
        Report report = SampleReports.full();
        Document page = page(report);
        for (CheckResult check : report.checks().filter(CheckResult::isFinding).toList()) {
            Element finding = page.getElementById(check.label());
            Element row = page.select(".ws-checks tr").stream()
                    .filter(tr -> tr.select("th[scope=row]").text().equals(check.name()))
                    .findFirst()
                    .orElseThrow();
            for (Element shown : List.of(finding, row)) {
                Element badge = shown.selectFirst(".ws-badge");
                assertEquals(ReportWording.outcomeLabel(check), badge.text());
                assertTrue(badge.hasClass("ws-" + ReportColor.ofCheck(check).cssClass()), badge.outerHtml());
                assertTrue(shown.text().contains(check.value()), shown.text());
            }
        }
    }

    private static Document page(Report report) {
        return Jsoup.parse(ReportFormat.HTML.write(report, QualityGate.evaluate(report, GateConditions.defaults())));
    }

    /** WCAG 2.2, definition of "contrast ratio". */
    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear((rgb >> 8) & 0xFF) + 0.0722 * linear(rgb & 0xFF);
    }

    private static double linear(int component) {
        double value = component / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
