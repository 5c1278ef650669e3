package dev.websentry.server.token;

import java.util.Locale;

/** What a single-use token permits. A token is valid for one purpose only. */
public enum TokenPurpose {
    VERIFY_EMAIL,
    RESET_PASSWORD,
    INVITATION;

    /** Returns the name in the database. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
