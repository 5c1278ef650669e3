package dev.websentry.server.auth;

import org.jspecify.annotations.Nullable;

/**
 * The request to change the password. Both fields are required.
 *
 * @param password the current password
 */
public record ChangePasswordRequest(String password, String newPassword) {
    public ChangePasswordRequest(@Nullable String password, @Nullable String newPassword) {
        this.password = CredentialsRequest.requireField("password", password);
        this.newPassword = CredentialsRequest.requireField("newPassword", newPassword);
    }

    @Override
    public String toString() {
        return "ChangePasswordRequest[not shown]";
    }
}
