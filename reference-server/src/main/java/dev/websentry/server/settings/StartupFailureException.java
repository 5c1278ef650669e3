package dev.websentry.server.settings;

/**
 * Thrown if the server cannot start for a reason that its operator can remove. {@link StartupFailureAnalyzer} reports it
 * in one line.
 */
public class StartupFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, without a full stop at the end and without secrets
     * @param action what the operator can do
     */
    public StartupFailureException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** Creates an exception with a cause, which is not logged. */
    public StartupFailureException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
