package dev.websentry.server.testing;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Reads the database of a server that is not running. */
public final class ServerDatabase {
    private ServerDatabase() {}

    /** @param settings the settings of the server */
    public static JdbcClient of(List<String> settings) {
        return JdbcClient.create(new DriverManagerDataSource(settings.stream()
                .filter(setting ->
                        setting.startsWith("--websentry.db.url=") || setting.startsWith("--websentry.data-dir="))
                .map(setting -> setting.substring(setting.indexOf('=') + 1))
                .map(value -> value.startsWith("jdbc:") ? value : "jdbc:sqlite:" + value + "/websentry.db")
                .findFirst()
                .orElseThrow()));
    }

    /** @param from the table, with an optional WHERE clause */
    public static int count(JdbcClient db, String from) {
        return db.sql("SELECT count(*) FROM " + from).query(Integer.class).single();
    }
}
