package dev.websentry.server.login;

import org.jspecify.annotations.Nullable;

/**
 * The request to change the password. Both fields are required.
 *
 * @param password the current password
 */
public record PasswordChange(String password, String newPassword) {
    public PasswordChange(@Nullable String password, @Nullable String newPassword) {
        this.password = Credentials.required("password", password);
        this.newPassword = Credentials.required("newPassword", newPassword);
    }

    @Override
    public String toString() {
        return "ChangePasswordRequest[not shown]";
    }
}
