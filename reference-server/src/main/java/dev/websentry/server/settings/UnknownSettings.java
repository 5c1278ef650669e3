package dev.websentry.server.settings;

import dev.websentry.engine.syntax.NearestName;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Stops the start if an environment variable or a system property looks like a setting but does not exist, such as
 * {@code WEBSENTRY_SINGUP}. Spring Boot rejects unknown settings from all other sources, such as the command line.
 */
@Component
final class UnknownSettings {
    private static final String PREFIX = "WEBSENTRY_";

    /** Variables of the Maven goals, which may run on the same machine. */
    private static final Set<String> OF_GOALS = Set.of("WEBSENTRY_API_KEY", "WEBSENTRY_CLIENT_KEY_STORE_PASSWORD");

    /** System properties of this project's build, whose tests start the server in their own process. */
    private static final Set<String> OF_BUILD = Set.of("websentry.browser", "websentry.screenshots");

    /** Variables that Kubernetes sets for a service whose name begins with "websentry". */
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "WEBSENTRY_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private static final Pattern INDEX = Pattern.compile("(_\\d+)+$");

    private static final Pattern LIST_INDEX = Pattern.compile("(\\[\\d+])+$");

    /** The names of all settings, such as {@code websentry.data-dir}. */
    private static final Set<String> KNOWN =
            names("websentry", WebSentryProperties.class).collect(Collectors.toCollection(TreeSet::new));

    /** Checks the environment and the system properties of the server. */
    UnknownSettings(ConfigurableEnvironment environment) {
        List<String> unknown = Stream.concat(
                        unknown(environment.getSystemEnvironment().keySet()).stream(),
                        unknownProperties(environment.getSystemProperties().keySet()).stream())
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownSettingException(String.join("; ", unknown));
        }
    }

    /** Thrown at the start if the environment or the system properties contain an unknown setting. */
    static final class UnknownSettingException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UnknownSettingException(String message) {
            super(message);
        }
    }

    /**
     * Finds environment variables that are not settings.
     *
     * @param variables the names of all environment variables
     * @return one message for each unknown variable
     */
    static List<String> unknown(Set<String> variables) {
        Set<String> known = KNOWN.stream().flatMap(UnknownSettings::variables).collect(Collectors.toSet());
        return variables.stream()
                .filter(variable -> variable.toUpperCase(Locale.ROOT).startsWith(PREFIX))
                .filter(variable -> !known.contains(INDEX.matcher(variable).replaceFirst("")))
                .filter(variable -> !OF_GOALS.contains(variable)
                        && !OF_KUBERNETES.matcher(variable).matches())
                .sorted()
                .map(variable -> message(
                        variable,
                        known.stream().filter(UnknownSettings::isUsual).toList()))
                .toList();
    }

    /**
     * Finds system properties that are not settings.
     *
     * @param properties the names of all system properties
     * @return one message for each unknown property
     */
    static List<String> unknownProperties(Set<String> properties) {
        Set<String> known = KNOWN.stream().map(UnknownSettings::uniform).collect(Collectors.toSet());
        return properties.stream()
                .filter(property -> uniform(property).startsWith("websentry."))
                .filter(property -> !OF_BUILD.contains(property)
                        && !known.contains(uniform(LIST_INDEX.matcher(property).replaceFirst(""))))
                .sorted()
                .map(UnknownSettings::describe)
                .toList();
    }

    /** Returns the form in which Spring compares names: without hyphens and underscores, in lower case. */
    private static String uniform(String property) {
        return property.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Describes an unknown setting in the spelling of a properties file. */
    static String describe(String setting) {
        return message(setting, List.copyOf(KNOWN));
    }

    private static String message(String name, List<String> known) {
        return name + ": unknown setting; "
                + NearestName.of(name, known)
                        .map(nearest -> "did you mean " + nearest + "? ")
                        .orElse("")
                + "docs/server.md lists all settings";
    }

    /** Returns the spellings of a setting in the environment: Spring removes hyphens or replaces them. */
    private static Stream<String> variables(String setting) {
        String upper = setting.toUpperCase(Locale.ROOT).replace('.', '_');
        return Stream.of(upper.replace('-', '_'), upper.replace("-", ""));
    }

    private static boolean isUsual(String variable) {
        return KNOWN.stream()
                .anyMatch(name -> variable.equals(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> names(prefix, component));
    }

    private static Stream<String> names(String prefix, RecordComponent component) {
        String name = prefix + "."
                + component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        boolean nested = component.getType().isRecord()
                && component.getType().getPackage().equals(UnknownSettings.class.getPackage());
        return nested ? names(name, component.getType()) : Stream.of(name);
    }
}
