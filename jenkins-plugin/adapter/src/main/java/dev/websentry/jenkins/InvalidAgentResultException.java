package dev.websentry.jenkins;

/** Thrown when an agent returns something that is not the result of a scan. The message is one line. */
public final class InvalidAgentResultException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidAgentResultException(String message) {
        super("The agent returned an invalid scan result: " + message);
    }
}
