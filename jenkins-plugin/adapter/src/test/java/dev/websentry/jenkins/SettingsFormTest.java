package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionGroup;
import dev.websentry.engine.job.OptionKind;
import dev.websentry.engine.job.OptionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the classes and forms of the plugin with the declaration of the options. */
class SettingsFormTest {
    private static final Path PLUGIN = Path.of("..", "src", "main");
    private static final Path PACKAGE = Path.of("io", "jenkins", "plugins", "websentry");

    @ParameterizedTest
    @EnumSource(names = {"JENKINS_STEP", "JENKINS_OPTIONS"})
    void settersHaveTheDeclaredTypes(OptionGroup group) throws IOException {
        String source = source(type(group) + ".java");
        if (group == OptionGroup.JENKINS_OPTIONS) {
            source += source("NetworkOptions.java");
        }
        for (Option option : Option.of(group)) {
            String setter = "@DataBoundSetter public void set" + capitalized(option.key()) + "("
                    + type(option.type().kind()) + " ";
            assertTrue(source.contains(setter), setter);
        }
        assertEquals(
                Option.of(group).size() + (group == OptionGroup.JENKINS_STEP ? 1 : 0),
                Pattern.compile("@DataBoundSetter public")
                        .matcher(source)
                        .results()
                        .count(),
                "there is a setter without a declared option");
    }

    @ParameterizedTest
    @EnumSource(names = {"JENKINS_STEP", "JENKINS_OPTIONS"})
    void formsHaveTheDeclaredFields(OptionGroup group) throws IOException {
        String form = read(PLUGIN.resolve("resources")
                .resolve(PACKAGE)
                .resolve(type(group))
                .resolve("config.jelly"));
        for (Option option : Option.of(group)) {
            OptionType type = option.type();
            Pattern field = Pattern.compile(
                    "<f:entry (title=\"[^\"]*\" )?field=\"" + option.key() + "\"> *" + control(type) + " *</f:entry>");
            assertTrue(field.matcher(form).find(), "expected in config.jelly: " + field);
        }
    }

    private static String control(OptionType type) {
        return switch (type.kind()) {
            case NUMBER -> "<f:number min=\"" + type.min() + "\" max=\"" + type.max() + "\"/>";
            case FLAG ->
                "<f:checkbox title=\"[^\"]*\"" + (type.defaultValue().equals("true") ? " default=\"true\"" : "") + "/>";
            case LIST -> "<f:textarea value=[^>]*/>";
            case CREDENTIALS -> "<c:select/>";
            case TEXT -> "<f:(textbox|textarea|select)/>";
            case FILE, NAME_OR_FILE -> "<f:textbox/>";
            case OBJECT -> throw new IllegalArgumentException("no field of a form has the type " + type.kind());
        };
    }

    private static String type(OptionKind kind) {
        return switch (kind) {
            case FLAG -> "boolean";
            case NUMBER -> "@Nullable Integer";
            case LIST -> "List<String>";
            case TEXT, FILE, NAME_OR_FILE, CREDENTIALS -> "@Nullable String";
            case OBJECT -> throw new IllegalArgumentException("no setting has the type " + kind);
        };
    }

    private static String type(OptionGroup group) {
        return group == OptionGroup.JENKINS_STEP ? "WebSentryStep" : "AdvancedOptions";
    }

    private static String source(String file) throws IOException {
        return read(PLUGIN.resolve("java").resolve(PACKAGE).resolve(file));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).replaceAll("\\s+", " ");
    }

    private static String capitalized(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
