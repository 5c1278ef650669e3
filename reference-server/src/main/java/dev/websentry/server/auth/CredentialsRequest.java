package dev.websentry.server.auth;

import dev.websentry.server.account.Email;
import dev.websentry.server.error.ApiException;
import jakarta.validation.constraints.NotEmpty;

/** The request to sign up or log in. Both fields are required. */
public record CredentialsRequest(
        @NotEmpty(message = "The field 'email' is missing") String email,

        @NotEmpty(message = "The field 'password' is missing")
        String password) {
    /**
     * Parses and normalizes the e-mail address.
     *
     * @throws ApiException 400 if it is not valid
     */
    Email parseEmail() {
        return parseEmail(email);
    }

    /**
     * Parses and normalizes an e-mail address that a user has entered.
     *
     * @throws ApiException 400 if it is not valid
     */
    static Email parseEmail(String email) {
        try {
            return Email.parse(email);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidRequest(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "CredentialsRequest[not shown]";
    }
}
