package dev.websentry.engine.job;

/** The places in which the front ends offer options. */
public enum OptionGroup {
    /** The parameters of the Maven goal {@code scan}. */
    MAVEN_SCAN,
    /** The parameters of the Maven goal {@code grade}. */
    MAVEN_GRADE,
    /** The arguments of the Jenkins step. */
    JENKINS_STEP,
    /** The advanced options of the Jenkins step. */
    JENKINS_OPTIONS,
    /** The options of {@code dev.websentry.engine.api.WebSentry}. */
    JAVA_API;

    /** Returns whether the group belongs to Jenkins. */
    public boolean isJenkins() {
        return this == JENKINS_STEP || this == JENKINS_OPTIONS;
    }
}
