package dev.websentry.jenkins;

/** A setting of the step cannot be used. The message is one line that begins with the setting's name. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
