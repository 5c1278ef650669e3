package dev.websentry.engine.job;

import java.util.Set;

/**
 * The declaration of an option.
 *
 * @param key the name, such as {@code failBelow}
 * @param type the type, range and default
 * @param help the texts of the documentation
 * @param groups the places where front ends offer the option; in general the Maven goal {@code scan}, the advanced
 *     options of Jenkins and the Java API
 * @param localOnly whether the API of a server does not support the option
 */
record OptionSpec(String key, OptionType type, OptionHelp help, Set<OptionGroup> groups, boolean localOnly) {
    OptionSpec {
        groups = Set.copyOf(groups);
    }

    private static OptionSpec of(String key, OptionType type, String help) {
        Set<OptionGroup> groups = Set.of(OptionGroup.MAVEN_SCAN, OptionGroup.JENKINS_OPTIONS, OptionGroup.JAVA_API);
        return new OptionSpec(key, type, new OptionHelp(help), groups, false);
    }

    static OptionSpec flag(String key, boolean defaultValue, String help) {
        return of(key, OptionType.of(OptionKind.FLAG), help).orElse(defaultValue);
    }

    static OptionSpec number(String key, int min, int max, String help) {
        return of(key, new OptionType(OptionKind.NUMBER, min, max, ""), help);
    }

    static OptionSpec text(String key, String help) {
        return of(key, OptionType.of(OptionKind.TEXT), help);
    }

    static OptionSpec list(String key, String help) {
        return of(key, OptionType.of(OptionKind.LIST), help);
    }

    static OptionSpec file(String key, String help) {
        return of(key, OptionType.of(OptionKind.FILE), help);
    }

    static OptionSpec nameOrFile(String key, String help) {
        return of(key, OptionType.of(OptionKind.NAME_OR_FILE), help);
    }

    static OptionSpec credentials(String key, String help) {
        return of(key, OptionType.of(OptionKind.CREDENTIALS), help);
    }

    /** Declares settings that have no text form, so front ends offer them in another way. */
    static OptionSpec object(String key, String help) {
        return of(key, OptionType.of(OptionKind.OBJECT), help).in();
    }

    /** Sets the value that applies if the option is not set. */
    OptionSpec orElse(Object value) {
        return new OptionSpec(key, type.withDefault(value.toString()), help, groups, localOnly);
    }

    /** Describes what applies if the option is not set and there is no fixed value. */
    OptionSpec unset(String text) {
        return withHelp(new OptionHelp(help.summary(), text, help.maven(), help.jenkins()));
    }

    /** Adds sentences for both front ends. */
    OptionSpec more(String sentences) {
        return maven(sentences).jenkins(sentences);
    }

    /** Adds sentences for Maven. */
    OptionSpec maven(String sentences) {
        String text = (help.maven() + " " + sentences).strip();
        return withHelp(new OptionHelp(help.summary(), help.unset(), text, help.jenkins()));
    }

    /** Adds sentences for Jenkins. */
    OptionSpec jenkins(String sentences) {
        String text = (help.jenkins() + " " + sentences).strip();
        return withHelp(new OptionHelp(help.summary(), help.unset(), help.maven(), text));
    }

    /** Sets the places where front ends offer the option. */
    OptionSpec in(OptionGroup... places) {
        return new OptionSpec(key, type, help, Set.of(places), localOnly);
    }

    /** Marks an option that the API of a server does not support. */
    OptionSpec onlyLocal() {
        return new OptionSpec(key, type, help, groups, true);
    }

    private OptionSpec withHelp(OptionHelp changed) {
        return new OptionSpec(key, type, changed, groups, localOnly);
    }
}
