package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.html.HtmlReport;
import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.engine.output.wording.ReportWording;
import dev.websentry.engine.report.CheckResult;
import dev.websentry.engine.report.Report;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same finding has the same words in every output, and the same color in every output with colors. */
class SameWordsInEveryFormatTest {
    private static final Waiver WAIVER =
            new Waiver("headers.all", List.of(), "replaced in May", LocalDate.of(2027, 3, 31));

    private final Report report = SampleReports.everyOutcome();
    private final GateResult gate =
            QualityGate.evaluate(report, GateConditions.defaults(), List.of(WAIVER), Optional.empty());

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BADGE")
    void findingsHaveTheSameWords(ReportFormat format) {
        assertFindings(plain(format, format.write(report, gate)));
    }

    @Test
    void findingsHaveTheSameWordsOnTheConsole() {
        assertFindings(String.join("\n", ConsoleSummary.lines(report, gate)));
    }

    private void assertFindings(String text) {
        List<CheckResult> findings = ReportWording.findings(report);
        assertEquals(3, findings.size());
        for (CheckResult finding : findings) {
            assertTrue(text.contains(finding.name()), finding.name() + " is not in " + text);
            assertTrue(text.contains(finding.value()), finding.value() + " is not in " + text);
        }
        for (CheckResult unchecked : ReportWording.uncheckedChecks(report)) {
            assertTrue(text.contains(ReportWording.notCheckedReason(unchecked)), text);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTML", "MARKDOWN", "JUNIT", "SARIF"})
    void waiversHaveTheSameWords(ReportFormat format) {
        assertTrue(plain(format, format.write(report, gate)).contains("Waived until 2027-03-31: replaced in May"));
    }

    @Test
    void waiversHaveTheSameWordsOnTheConsole() {
        assertTrue(String.join("\n", ConsoleSummary.lines(report, gate))
                .contains("Waived until 2027-03-31: replaced in May"));
    }

    @Test
    void findingsHaveTheSameLabelAndColorOnPagesAndTheSameLabelElsewhere() {
        Element page = Jsoup.parse(HtmlReport.body(report, Optional.empty()));
        String console = String.join("\n", ConsoleSummary.lines(report, gate));
        String markdown = ReportFormat.MARKDOWN.write(report, gate);
        for (CheckResult finding : ReportWording.findings(report)) {
            String label = ReportWording.outcomeLabel(finding);
            Element badge = page.getElementById(finding.label()).selectFirst(".ws-badge");
            assertEquals(label, badge.text());
            assertTrue(badge.hasClass("ws-" + ReportColor.ofCheck(finding).cssClass()), badge.outerHtml());
            assertTrue(console.contains(label.toUpperCase(Locale.ROOT) + "  " + finding.name()), console);
            assertTrue(plain(ReportFormat.MARKDOWN, markdown).contains(label + " | " + finding.name()), markdown);
        }
    }

    @Test
    void gradeHasTheSameColorOnPagesAndInTheBadge() {
        ReportColor color = ReportColor.ofGrade(report.grade());
        String page = ReportFormat.HTML.write(report, gate);
        assertTrue(Jsoup.parse(page).selectFirst(".ws-grade").hasClass("ws-" + color.cssClass()));
        assertTrue(page.contains("--ws-" + color.cssClass() + ": light-dark(" + color.light() + ", "), "no palette");
        assertTrue(ReportFormat.BADGE.write(report, gate).contains("fill=\"" + color.light() + "\""));
    }

    /** Returns the text as readers see it, without the escapes of the format. */
    private static String plain(ReportFormat format, String text) {
        return switch (format) {
            case HTML -> Jsoup.parse(text).text();
            case JUNIT -> Parser.unescapeEntities(text, false);
            case MARKDOWN -> Parser.unescapeEntities(text.replace("\u200b", "").replaceAll("\\\\(.)", "$1"), false);
            case JSON, SARIF -> text.replace("\\\"", "\"");
            case BADGE -> text;
        };
    }
}
