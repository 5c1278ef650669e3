package dev.websentry.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of options in the documentation and the help of the Jenkins plugin are generated from {@link Option}; a
 * stale file fails.
 */
class OptionsDocumentTest {
    private static final Path JENKINS_RESOURCES =
            Path.of("..", "jenkins-plugin", "src", "main", "resources", "io", "jenkins", "plugins", "websentry");
    private static final String COMMAND = "it is out of date; regenerate it with: mvn -q -pl scanner-engine -am test"
            + " -Dtest=OptionsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dwebsentry.regenerate=true";

    @ParameterizedTest
    @CsvSource({
        "maven.md, MAVEN_SCAN, parameter",
        "maven.md, MAVEN_GRADE, parameter",
        "jenkins.md, JENKINS_STEP, `websentryScan`",
        "jenkins.md, JENKINS_OPTIONS, `options: [...]`",
        "embedding.md, JAVA_API, option"
    })
    void tablesAreCurrent(String file, OptionGroup group, String title) throws IOException {
        Path document = Path.of("..", "docs", file);
        String text = Files.readString(document);
        String begin = "<!-- " + group + ": written by OptionsDocumentTest. -->\n";
        String end = "<!-- End of " + group + ". -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        assertTrue(from >= 0 && to > from, file + " does not contain the markers of the table: " + begin + end);
        assertCurrent(document, text.substring(0, from) + begin + table(group, title) + text.substring(to));
    }

    @Test
    void helpOfJenkinsIsCurrent() throws IOException {
        for (OptionGroup group : List.of(OptionGroup.JENKINS_STEP, OptionGroup.JENKINS_OPTIONS)) {
            Path folder = folder(group);
            for (Option option : Option.of(group)) {
                assertCurrent(folder.resolve("help-" + option.key() + ".html"), html(option, group));
            }
        }
    }

    /** Titles, and the controls of texts, are those that the form already has. */
    @Test
    void formOfTheAdvancedOptionsIsCurrent() throws IOException {
        Path file = folder(OptionGroup.JENKINS_OPTIONS).resolve("config.jelly");
        String form = Files.readString(file);
        String entries = Option.of(OptionGroup.JENKINS_OPTIONS).stream()
                .map(option -> entry(option, form))
                .collect(Collectors.joining());
        int begin = form.indexOf("  <f:entry");
        assertCurrent(file, form.substring(0, begin) + entries + "</j:jelly>\n");
    }

    private static String entry(Option option, String form) {
        OptionType type = option.type();
        String words = option.key().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String title = "${%" + words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + "}";
        String textControl = "<f:textbox/>";
        Matcher present = Pattern.compile("<f:entry[^>]* ?field=\"" + option.key() + "\">\\s*(<[^>]*>)")
                .matcher(form);
        if (present.find()) {
            Matcher titles = Pattern.compile("title=\"([^\"]*)\"").matcher(present.group());
            title = titles.find() ? titles.group(1) : title;
            textControl = present.group(1);
        }
        String control = switch (type.kind()) {
            case FLAG ->
                "<f:checkbox title=\"" + title + "\"" + (type.defaultValue().equals("true") ? " default=\"true\"" : "")
                        + "/>";
            case NUMBER -> "<f:number min=\"" + type.min() + "\" max=\"" + type.max() + "\"/>";
            case LIST -> "<f:textarea value=\"${descriptor.lines(instance." + option.key() + ")}\"/>";
            case CREDENTIALS -> "<c:select/>";
            case TEXT -> textControl;
            case FILE, NAME_OR_FILE -> "<f:textbox/>";
            case OBJECT -> throw new IllegalArgumentException(option + " cannot be a field of a form");
        };
        String label = type.kind() == OptionKind.FLAG ? "" : "title=\"" + title + "\" ";
        return "  <f:entry " + label + "field=\"" + option.key() + "\">\n    " + control + "\n  </f:entry>\n";
    }

    @Test
    void helpOfJenkinsHasNoFilesOfOtherOptions() throws IOException {
        for (OptionGroup group : List.of(OptionGroup.JENKINS_STEP, OptionGroup.JENKINS_OPTIONS)) {
            Set<String> expected = Option.of(group).stream()
                    .map(option -> "help-" + option.key() + ".html")
                    .collect(Collectors.toSet());
            try (Stream<Path> files = Files.list(folder(group))) {
                Set<String> present = files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("help-") && !name.equals("help-options.html"))
                        .collect(Collectors.toSet());
                assertEquals(expected, present);
            }
        }
    }

    private static Path folder(OptionGroup group) {
        return JENKINS_RESOURCES.resolve(group == OptionGroup.JENKINS_STEP ? "WebSentryStep" : "AdvancedOptions");
    }

    private static String table(OptionGroup group, String title) {
        return Option.of(group).stream()
                .map(option -> "| `" + option.key() + "` | " + option.help(group) + " | "
                        + (option.shownDefault().isEmpty() ? "-" : option.shownDefault()) + " |\n")
                .collect(Collectors.joining("", "\n| " + title + " | meaning | default |\n|---|---|---|\n", "\n"));
    }

    private static String html(Option option, OptionGroup group) {
        String unset = option.shownDefault().isEmpty() ? "" : " Default: " + option.shownDefault() + ".";
        String lines = option.type().kind() == OptionKind.LIST ? " One on each line." : "";
        String text = option.help(group) + lines + unset;
        return "<div>\n  " + text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("`([^`]*)`", "<code>$1</code>")
                + "\n</div>\n";
    }

    private static void assertCurrent(Path file, String fresh) throws IOException {
        if (Boolean.getBoolean("websentry.regenerate")) {
            Files.writeString(file, fresh);
        }
        assertTrue(Files.exists(file), file + " does not exist; " + COMMAND);
        assertEquals(fresh, Files.readString(file), file + ": " + COMMAND);
    }
}
