package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionGroup;
import dev.websentry.engine.job.OptionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the parameters of the goals with the declaration of the options. */
class ParametersTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "websentry", "maven");

    /** Imported once, because an import takes seconds. */
    private static final JavaClasses GOALS = new ClassFileImporter().importClasses(ScanMojo.class, GradeMojo.class);

    @ParameterizedTest
    @EnumSource(names = {"MAVEN_SCAN", "MAVEN_GRADE"})
    void goalsHaveTheDeclaredParameters(OptionGroup group) {
        assertEquals(
                Option.of(group).stream().map(Option::key).collect(Collectors.toSet()),
                parameters(group).keySet());
    }

    @ParameterizedTest
    @EnumSource(names = {"MAVEN_SCAN", "MAVEN_GRADE"})
    void parametersHaveTheDeclaredTypesAndDefaults(OptionGroup group) {
        Map<String, JavaField> parameters = parameters(group);
        for (Option option : Option.of(group)) {
            JavaField field = parameters.get(option.key());
            assertEquals(type(option.type().kind()), field.getType().getName(), option.key());
            Map<String, Object> values = annotation(field).getProperties();
            assertEquals("websentry." + option.key(), values.get("property"));
            // The output directory is an expression of Maven.
            if (option != Option.OUTPUT_DIRECTORY) {
                assertEquals(option.type().defaultValue(), values.getOrDefault("defaultValue", ""), option.key());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAVEN_SCAN", "MAVEN_GRADE"})
    void commentsOfParametersAreTheDeclaredHelp(OptionGroup group) throws IOException {
        for (Option option : Option.of(group)) {
            boolean hasValue = !option.type().defaultValue().isEmpty();
            String unset =
                    hasValue || option.shownDefault().isEmpty() ? "" : " Default: " + option.shownDefault() + ".";
            String expected = (option.help(group) + unset).replaceAll("`([^`]*)`", "{@code $1}");
            JavaField field = parameters(group).get(option.key());
            assertEquals(expected, comment(field.getOwner().getSimpleName(), option.key()), option.key());
        }
    }

    private static String type(OptionKind kind) {
        return switch (kind) {
            case FILE -> "java.io.File";
            case LIST -> "java.util.List<java.lang.String>";
            // Maven converts flags and numbers without an error of one line; see ADR 88.
            case FLAG, NUMBER, TEXT, NAME_OR_FILE, CREDENTIALS -> "java.lang.String";
            case OBJECT -> throw new IllegalArgumentException("no parameter has the type " + kind);
        };
    }

    private static Map<String, JavaField> parameters(OptionGroup group) {
        JavaClass goal = GOALS.get(group == OptionGroup.MAVEN_SCAN ? ScanMojo.class : GradeMojo.class);
        return goal.getAllFields().stream()
                .filter(field -> field.isAnnotatedWith(Parameter.class))
                .filter(field -> annotation(field).get("property").isPresent()
                        && !annotation(field).get("property").get().equals(""))
                .collect(Collectors.toMap(JavaField::getName, Function.identity()));
    }

    private static JavaAnnotation<JavaField> annotation(JavaField field) {
        return field.getAnnotationOfType(Parameter.class.getName());
    }

    private static String comment(String type, String field) throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"));
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@Parameter\\((?:(?!;).)*?\\) *\\s*private"
                                + " @Nullable [\\w<>]+ " + field + ";",
                        Pattern.DOTALL)
                .matcher(source);
        assertTrue(comment.find(), type + "." + field + " has no comment");
        return comment.group(1)
                .replaceAll("\\n\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
