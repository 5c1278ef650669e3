package dev.websentry.server.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where the data lives.
 *
 * @param url JDBC URL of a PostgreSQL database, such as jdbc:postgresql://db.example.com/websentry; without it SQLite
 * @param username who logs in there
 * @param password with what
 */
public record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public DatabaseSettings {
        url = url == null || url.isBlank() ? null : url.strip();
        // The value is not repeated: such a URL may carry a password.
        if (url != null && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("websentry.db.url does not begin with " + POSTGRESQL
                    + ": expected such as jdbc:postgresql://db.example.com/websentry, or nothing for SQLite");
        }
    }

    /** Without the password, which must reach no log. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + (url == null ? "SQLite" : "PostgreSQL") + "]";
    }
}
