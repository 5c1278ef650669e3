package dev.websentry.server.login;

import org.jspecify.annotations.Nullable;

/**
 * What somebody types to change their password.
 *
 * @param password the present one
 */
public record PasswordChange(String password, String newPassword) {
    public PasswordChange(@Nullable String password, @Nullable String newPassword) {
        this.password = Credentials.required("password", password);
        this.newPassword = Credentials.required("newPassword", newPassword);
    }

    @Override
    public String toString() {
        return "PasswordChange[not shown]";
    }
}
