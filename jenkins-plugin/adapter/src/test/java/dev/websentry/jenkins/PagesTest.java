package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.output.wording.ReportColor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of the plugin have the words and colors of the engine. */
class PagesTest {
    private static final Path PLUGIN = Path.of("..", "src", "main");
    private static final Path CLASSES =
            PLUGIN.resolve("java").resolve(Path.of("io", "jenkins", "plugins", "websentry"));

    /** The variables of Jenkins' themes, with the colors of the engine for themes without them. */
    private static final Map<ReportColor, String> VARIABLES = Map.of(
            ReportColor.PASS,
            "--success-color",
            ReportColor.WARN,
            "--warning-color",
            ReportColor.FAIL,
            "--error-color");

    @Test
    void reportPageIsRenderedByTheEngine() throws IOException {
        assertTrue(Files.readString(CLASSES.resolve("SiteView.java")).contains("HtmlReport.body("));
        assertTrue(Files.readString(CLASSES.resolve("WebSentryAction.java")).contains("ReportColor.ofGradeLabel("));
    }

    @Test
    void badgesHaveTheColorsOfTheEngine() throws IOException {
        String css = Files.readString(PLUGIN.resolve("webapp").resolve("websentry.css"));
        VARIABLES.forEach((color, variable) -> {
            assertTrue(css.contains("var(" + variable + ", " + color.light() + ")"), variable);
            String badge = ".websentry-badge.websentry-" + color.cssClass() + " { background: " + color.light() + "; }";
            assertTrue(css.contains(badge), badge);
        });
        assertTrue(css.contains("background: " + ReportColor.NONE.light() + ";"));
    }
}
