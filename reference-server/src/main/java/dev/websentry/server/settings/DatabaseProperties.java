package dev.websentry.server.settings;

import org.jspecify.annotations.Nullable;

/**
 * Connection settings of the database.
 *
 * @param url JDBC URL of a PostgreSQL database, such as jdbc:postgresql://db.example.com/websentry. SQLite is used if
 *     it is not set.
 * @param username Database user name.
 * @param password Database password.
 */
public record DatabaseProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public DatabaseProperties {
        url = url == null || url.isBlank() ? null : url.strip();
        // The message does not contain the value, because a JDBC URL may contain a password.
        if (url != null && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("websentry.db.url does not begin with " + POSTGRESQL
                    + "; use a URL such as jdbc:postgresql://db.example.com/websentry, or no URL for SQLite");
        }
    }

    /** Omits the URL and the password, so that the text is safe to log. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + (url == null ? "SQLite" : "PostgreSQL") + "]";
    }
}
