package dev.websentry.engine.job;

/** The kinds of values of options. */
public enum OptionKind {
    /** {@code true} or {@code false}. */
    FLAG,
    /** A whole number within a range. */
    NUMBER,
    TEXT,
    /** Several texts. */
    LIST,
    /** A path of a file or directory. */
    FILE,
    /** A name that the engine knows, or else a path of a file. */
    NAME_OR_FILE,
    /** An id of credentials, which the front end looks up. */
    CREDENTIALS,
    /** An object without a text form. */
    OBJECT;

    /** Returns whether values can be paths. */
    public boolean isPath() {
        return this == FILE || this == NAME_OR_FILE;
    }
}
