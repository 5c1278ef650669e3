package dev.websentry.server.account;

/** Thrown if a change would leave the server without an administrator. The message can be shown to the user. */
public class LastAdministratorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    LastAdministratorException() {
        super("This account is the last administrator; make another account an administrator first");
    }
}
