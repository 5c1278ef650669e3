package dev.websentry.server.auth;

import dev.websentry.server.account.Email;
import dev.websentry.server.error.ApiException;
import org.jspecify.annotations.Nullable;

/** The request to sign up or log in. Both fields are required. */
public record CredentialsRequest(String email, String password) {
    public CredentialsRequest(@Nullable String email, @Nullable String password) {
        this.email = requireField("email", email);
        this.password = requireField("password", password);
    }

    /**
     * Returns a required field.
     *
     * @throws ApiException 400 if it is missing or empty
     */
    static String requireField(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw ApiException.invalidRequest("The field '" + field + "' is missing");
        }
        return value;
    }

    /**
     * Parses and normalizes the e-mail address.
     *
     * @throws ApiException 400 if it is not valid
     */
    Email parseEmail() {
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
