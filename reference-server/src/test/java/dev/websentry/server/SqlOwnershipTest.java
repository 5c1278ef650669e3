package dev.websentry.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SQL of a table is in the package of its feature, so that a change of the table concerns one package. */
class SqlOwnershipTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/websentry/server");
    private static final Path SCHEMA = Path.of("src/main/resources/db/migration/V1__schema.sql");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+)");
    private static final Pattern USE = Pattern.compile("\\b(FROM|JOIN|INTO|UPDATE)\\s+(\\w+)");

    /** The tables of libraries, which access them with their own SQL, are missing. */
    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("account", "account"),
            Map.entry("api_key", "key"),
            Map.entry("monitor", "monitor"),
            Map.entry("scan", "scan"),
            Map.entry("share", "scan"),
            Map.entry("usage_counter", "quota"),
            Map.entry("webhook", "webhook"),
            Map.entry("webhook_delivery", "webhook"),
            Map.entry("audit_event", "audit"),
            Map.entry("setup_code", "auth"),
            Map.entry("email_token", "token"),
            Map.entry("email_preference", "email"),
            Map.entry("certificate_alert", "alert"));

    private static final Set<String> TABLES_OF_LIBRARIES =
            Set.of("spring_session", "spring_session_attributes", "scheduled_tasks", "background_task", "email_task");

    /** Deliberate exceptions. */
    private static final Set<String> ALLOWED = Set.of(
            // Everything belongs to an account. One statement reads a row and the plan or state of its account.
            "email JOIN account",
            "key JOIN account",
            "monitor JOIN account",
            "scan JOIN account",
            // The probe of the storage writes a row of the table that every kind of request writes to.
            "database INTO usage_counter");

    @Test
    void tablesAreAccessedInThePackageOfTheirFeature() throws IOException {
        Set<String> violations = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String feature = SOURCES.relativize(file).getName(0).toString();
                Matcher use = USE.matcher(Files.readString(file));
                while (use.find()) {
                    String owner = OWNERS.get(use.group(2));
                    String access = feature + " " + use.group(1) + " " + use.group(2);
                    if (owner != null && !owner.equals(feature)) {
                        (ALLOWED.contains(access) ? used : violations).add(access);
                    }
                }
            }
        }
        assertEquals(Set.of(), violations);
        assertEquals(new TreeSet<>(ALLOWED), used, "remove the exceptions that are not needed");
    }

    @Test
    void everyTableHasAnOwner() throws IOException {
        List<String> tables = TABLE.matcher(Files.readString(SCHEMA))
                .results()
                .map(table -> table.group(1))
                .toList();
        assertFalse(tables.isEmpty());
        for (String table : tables) {
            assertEquals(
                    !TABLES_OF_LIBRARIES.contains(table),
                    OWNERS.containsKey(table),
                    table + " needs an owner in this test");
        }
    }
}
