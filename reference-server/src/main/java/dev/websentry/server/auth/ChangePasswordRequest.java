package dev.websentry.server.auth;

import jakarta.validation.constraints.NotEmpty;

/**
 * The request to change the password. Both fields are required.
 *
 * @param password the current password
 */
public record ChangePasswordRequest(
        @NotEmpty(message = "The field 'password' is missing")
        String password,

        @NotEmpty(message = "The field 'newPassword' is missing")
        String newPassword) {
    @Override
    public String toString() {
        return "ChangePasswordRequest[not shown]";
    }
}
