package dev.websentry.engine.observation;

/**
 * Thrown when a check requires a value that could not be observed. The check catalog catches it and reports
 * NOT_CHECKED with the reason. It does not indicate an error and is part of the normal control flow, so it has no
 * stack trace.
 */
public final class UnobservedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param reason why the value is unknown; a phrase that follows "Not checked: "
     */
    public UnobservedException(String reason) {
        super(reason, null, false, false);
    }

    /** Returns why the value is unknown. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
