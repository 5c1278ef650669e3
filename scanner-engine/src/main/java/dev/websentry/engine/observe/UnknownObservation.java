package dev.websentry.engine.observe;

/**
 * A check asked for something that could not be observed. Caught in one place, which answers NOT_CHECKED with the reason;
 * it is no error, so it has no stack trace.
 */
public final class UnknownObservation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownObservation(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
