package dev.websentry.engine.job;

/**
 * What the documentation of an option contains. Texts are Markdown with code only.
 *
 * @param summary the first sentence, without the period; the range of a number is added
 * @param unset what applies if the option is not set and there is no default value; empty for nothing
 * @param maven sentences for Maven only; empty for none
 * @param jenkins sentences for Jenkins only; empty for none
 */
record OptionHelp(String summary, String unset, String maven, String jenkins) {
    OptionHelp(String summary) {
        this(summary, "", "", "");
    }

    /** Returns the help for a group of options, in complete sentences. */
    String text(OptionType type, OptionGroup group) {
        StringBuilder text = new StringBuilder(summary);
        if (type.kind() == OptionKind.NUMBER) {
            text.append(", ").append(type.min()).append(" to ").append(type.max());
        }
        text.append('.');
        if (group.isJenkins() && type.kind().isPath()) {
            text.append(" A path is relative to the workspace.");
        }
        String more = switch (group) {
            case MAVEN_SCAN, MAVEN_GRADE -> maven;
            case JENKINS_STEP, JENKINS_OPTIONS -> jenkins;
            case JAVA_API -> "";
        };
        return more.isEmpty() ? text.toString() : text.append(' ').append(more).toString();
    }
}
