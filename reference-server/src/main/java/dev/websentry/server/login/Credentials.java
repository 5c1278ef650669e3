package dev.websentry.server.login;

import dev.websentry.server.answer.ApiException;
import org.jspecify.annotations.Nullable;

/** The request to sign up or log in. Both fields are required. */
public record Credentials(String email, String password) {
    public Credentials(@Nullable String email, @Nullable String password) {
        this.email = required("email", email);
        this.password = required("password", password);
    }

    /**
     * Returns a required field.
     *
     * @throws ApiException 400 if it is missing or empty
     */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw ApiException.invalid("The field '" + field + "' is missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "CredentialsRequest[not shown]";
    }
}
