package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.WebSentryServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of settings in {@code docs/server.md} is generated from the Javadoc of the settings; a stale table fails.
 */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "server.md");
    private static final String BEGIN = "<!-- The settings; written by SettingsDocumentTest. -->\n";
    private static final String END = "<!-- End of the settings. -->\n";
    private static final String COMMAND = "mvn -q -pl reference-server -am test -Dtest=SettingsDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dwebsentry.regenerate=true";

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** The settings of Spring Boot that are useful for operators of this server, with their descriptions. */
    private static final Map<String, String> BOOT = boot();

    private static Map<String, String> boot() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("server.port", "Port of the API and the dashboard.");
        meanings.put("server.address", "IP address to listen on. All addresses if it is not set.");
        meanings.put(
                "server.tomcat.threads.max",
                "Maximum number of concurrent requests, including those that wait for a scan.");
        meanings.put("management.server.port", "Port of the health and metrics endpoints.");
        meanings.put("management.server.address", "IP address of the management port.");
        meanings.put(
                "spring.lifecycle.timeout-per-shutdown-phase",
                "Maximum time for running scans and requests to finish when the server is stopped.");
        meanings.put(
                "spring.mail.host", "Mail server that e-mails are sent through. No e-mail is sent if it is not set.");
        meanings.put("spring.mail.port", "Port of the mail server, such as 587.");
        meanings.put("spring.mail.username", "User name for the mail server.");
        meanings.put("spring.mail.password", "Password for the mail server.");
        meanings.put(
                "spring.mail.ssl.enabled",
                "Whether the connection to the mail server begins with TLS, as on port 465. Otherwise STARTTLS is used"
                        + " if the mail server offers it.");
        meanings.put(
                "logging.structured.format.console",
                "Format of a structured log with one JSON object per line: `ecs`, `logstash` or `gelf`.");
        meanings.put(
                "logging.file.name", "Log file, written in addition to the console and rotated daily and at 10 MB.");
        meanings.put("logging.level.root", "Log level: `error`, `warn`, `info` or `debug`.");
        return meanings;
    }

    @Test
    void documentContainsTheCurrentSettings() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        assertTrue(
                begin >= 0 && end > begin, "docs/server.md does not contain the markers of the table: " + BEGIN + END);
        String fresh = document.substring(0, begin) + BEGIN + table() + document.substring(end);
        if (Boolean.getBoolean("websentry.regenerate")) {
            Files.writeString(DOCUMENT, fresh);
        }
        assertEquals(
                fresh,
                Files.readString(DOCUMENT),
                "The table in docs/server.md is out of date; regenerate it with: " + COMMAND);
    }

    @Test
    void everyEnvironmentVariableOfTheTableIsBound() throws IOException {
        List<String> names = new ArrayList<>(BOOT.keySet());
        properties().forEach(property -> names.add(property.get("name").asString()));
        for (String name : names) {
            StandardEnvironment environment = new StandardEnvironment();
            environment
                    .getPropertySources()
                    .replace(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    Map.of(variable(name), "a value")));
            assertEquals(
                    "a value", Binder.get(environment).bind(name, String.class).orElse("nothing"), variable(name));
        }
    }

    private static String table() throws IOException {
        StringBuilder text =
                new StringBuilder("\n| property | environment variable | default | description |\n|---|---|---|---|\n");
        List<JsonNode> properties = properties();
        assertTrue(
                properties.stream()
                        .anyMatch(property -> property.get("name").asString().equals("websentry.scan.timeout")),
                "nested settings are missing from the metadata");
        for (JsonNode property : properties) {
            String name = property.get("name").asString();
            String meaning = property.path("description").asString("");
            assertFalse(meaning.isBlank(), name + " has no description; add an @param tag to its record");
            row(text, name, value(property.path("defaultValue")), meaning.strip());
        }
        PropertySource<?> ours = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0);
        Map<String, String> springDefaults = springDefaults();
        for (Map.Entry<String, String> setting : BOOT.entrySet()) {
            String defaultValue = Optional.ofNullable(ours.getProperty(setting.getKey()))
                    .map(Object::toString)
                    .orElse(springDefaults.getOrDefault(setting.getKey(), ""));
            row(text, setting.getKey(), defaultValue, setting.getValue());
        }
        return text.append('\n').toString();
    }

    private static Map<String, String> springDefaults() throws IOException {
        Map<String, String> defaults = new LinkedHashMap<>();
        var files = SettingsDocumentTest.class.getClassLoader().getResources(METADATA);
        while (files.hasMoreElements()) {
            try (InputStream in = files.nextElement().openStream()) {
                JsonMapper.shared()
                        .readTree(in)
                        .path("properties")
                        .valueStream()
                        .forEach(property ->
                                defaults.put(property.get("name").asString(), value(property.path("defaultValue"))));
            }
        }
        return defaults;
    }

    /** Reads this server's settings from the configuration metadata that the build has generated, sorted by name. */
    private static List<JsonNode> properties() throws IOException {
        Path classes = Path.of(WebSentryServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        try (InputStream in = Files.newInputStream(classes.resolve(METADATA))) {
            return JsonMapper.shared()
                    .readTree(in)
                    .get("properties")
                    .valueStream()
                    .sorted((a, b) ->
                            a.get("name").asString().compareTo(b.get("name").asString()))
                    .toList();
        }
    }

    private static String value(JsonNode standard) {
        return standard.isArray()
                ? String.join(
                        ",", standard.valueStream().map(JsonNode::asString).toList())
                : standard.asString("");
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void row(StringBuilder text, String name, String standard, String meaning) {
        text.append("| `")
                .append(name)
                .append("` | `")
                .append(variable(name))
                .append("` | ")
                .append(standard.isEmpty() ? "" : "`" + standard + "`")
                .append(" | ")
                .append(meaning.replaceAll("\\s+", " ").replace("|", "\\|"))
                .append(" |\n");
    }
}
