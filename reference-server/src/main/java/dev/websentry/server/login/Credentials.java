package dev.websentry.server.login;

import dev.websentry.server.answer.ApiException;
import org.jspecify.annotations.Nullable;

/** What somebody types to sign up or log in. */
public record Credentials(String email, String password) {
    public Credentials(@Nullable String email, @Nullable String password) {
        this.email = required("email", email);
        this.password = required("password", password);
    }

    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw ApiException.invalid("The field '" + field + "' is missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Credentials[not shown]";
    }
}
