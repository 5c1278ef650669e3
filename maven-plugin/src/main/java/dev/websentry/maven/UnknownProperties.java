package dev.websentry.maven;

import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.OptionGroup;
import dev.websentry.engine.syntax.NearestName;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/** Rejects properties that look like parameters of the goals but do not exist, such as {@code websentry.failbelow}. */
final class UnknownProperties {
    private static final String PREFIX = "websentry.";

    /** A common name for the version of the plugin in a POM. */
    private static final String VERSION = "version";

    /** The parameters of both goals, because one build may run both with the same properties. */
    static final Set<String> KNOWN = Stream.of(OptionGroup.MAVEN_SCAN, OptionGroup.MAVEN_GRADE)
            .flatMap(group -> Option.of(group).stream())
            .map(Option::key)
            .collect(Collectors.toUnmodifiableSet());

    private UnknownProperties() {}

    /**
     * Checks the properties of a build.
     *
     * @param sources the properties of the command line and of the POM
     * @throws MojoExecutionException if a property begins with {@code websentry.} and is not a parameter; the message
     *     contains all of them with the nearest parameter
     */
    static void reject(Properties... sources) throws MojoExecutionException {
        Set<String> problems = new TreeSet<>();
        for (Properties source : sources) {
            for (String property : source.stringPropertyNames()) {
                if (property.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                    String name = property.substring(PREFIX.length());
                    boolean exact = property.startsWith(PREFIX) && (KNOWN.contains(name) || name.equals(VERSION));
                    if (!exact) {
                        problems.add(problem(property, name));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new MojoExecutionException(String.join("; ", problems));
        }
    }

    private static String problem(String property, String name) {
        return "unknown property " + property
                + NearestName.of(name, KNOWN)
                        .map(nearest -> "; did you mean " + PREFIX + nearest + "?")
                        .orElse("; the goal websentry:help lists all");
    }
}
