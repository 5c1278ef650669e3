package dev.websentry.jenkins;

/** Thrown when a setting of the step is invalid. The message is one line that begins with the name of the setting. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
