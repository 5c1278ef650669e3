package dev.websentry.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/checks.md} with the check catalog, from which it is generated. */
class ChecksDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "checks.md");
    private static final String COMMAND = "mvn -q -pl scanner-engine -am test -Dtest=ChecksDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dwebsentry.regenerate=true";

    @Test
    void theDocumentIsUpToDate() throws Exception {
        String fresh = document(CheckCatalog.standard().checks());
        if (Boolean.getBoolean("websentry.regenerate")) {
            Files.writeString(DOCUMENT, fresh);
        }
        assertEquals(
                fresh, Files.readString(DOCUMENT), "docs/checks.md is out of date; regenerate it with: " + COMMAND);
    }

    private static String document(List<Check> checks) {
        StringBuilder text = new StringBuilder("# The checks\n\n")
                .append("Every check with its points, requirement, remediation and references.\n")
                .append(
                        "This page is generated from the check catalog; regenerate it after changing a check:\n\n```sh\n")
                .append(COMMAND)
                .append("\n```\n");
        for (CheckCategory category : CheckCategory.values()) {
            text.append("\n## ")
                    .append(category.title())
                    .append(" (`")
                    .append(category.key())
                    .append("`, ")
                    .append(category.maxScore())
                    .append(" points)\n");
            checks.stream()
                    .map(Check::definition)
                    .filter(definition -> definition.category() == category)
                    .forEach(definition -> text.append(section(definition)));
        }
        return text.toString();
    }

    private static String section(CheckDefinition definition) {
        StringBuilder text = new StringBuilder("\n### ")
                .append(definition.name())
                .append("\n\n`")
                .append(definition.id())
                .append("`, ")
                .append(worth(definition.points()))
                .append("\n");
        paragraph(text, definition.description());
        paragraph(text, definition.remediation().text());
        for (Remediation.ConfigSnippet config : definition.remediation().configs()) {
            text.append("\n").append(config.target()).append(":\n\n```\n");
            text.append(config.code().stripTrailing()).append("\n```\n");
        }
        paragraph(
                text,
                definition.references().stream().map(url -> "<" + url + ">").collect(Collectors.joining(", ")));
        return text.toString();
    }

    private static String worth(int points) {
        return points == 0 ? "informational, no points" : points == 1 ? "1 point" : points + " points";
    }

    private static void paragraph(StringBuilder text, String paragraph) {
        if (!paragraph.isEmpty()) {
            text.append("\n").append(paragraph.strip()).append("\n");
        }
    }
}
