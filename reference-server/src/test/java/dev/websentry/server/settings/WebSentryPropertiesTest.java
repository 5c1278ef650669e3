package dev.websentry.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

class WebSentryPropertiesTest {
    @EnableConfigurationProperties(WebSentryProperties.class)
    @Import(SettingConverters.class)
    static class PropertiesConfiguration {}

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(PropertiesConfiguration.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=off")
                .run(settings);
    }

    @Test
    void allSettingsHaveADefault() {
        try (var context = start()) {
            WebSentryProperties settings = context.getBean(WebSentryProperties.class);
            assertEquals("data", settings.dataDir().normalize().toString());
            assertEquals(WebSentryProperties.SignupMode.OPEN, settings.signup());
            assertEquals(Duration.ofSeconds(60), settings.scan().timeout());
            assertTrue(settings.trustedProxies().isEmpty() && settings.db().url() == null);
        }
    }

    @Test
    void allSettingsCanBeSet() {
        try (var context = start(
                "--websentry.signup=closed",
                "--websentry.scan.allow=10.0.0.0/8,fd00::/8",
                "--websentry.scan.dns-servers=192.0.2.53,[2001:db8::53]:5353",
                "--websentry.scan.dkim-selectors=one,two",
                "--websentry.scan.resolve=a.example:443:192.0.2.1",
                "--websentry.scan.timeout=90s",
                "--websentry.public-url=https://sentry.example.com")) {
            WebSentryProperties settings = context.getBean(WebSentryProperties.class);
            assertEquals(2, settings.scan().allow().size());
            assertEquals(5353, settings.scan().dnsServers().get(1).port());
            assertEquals("a.example", settings.scan().resolve().get(0).host());
            assertEquals(Duration.ofSeconds(90), settings.scan().timeout());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "websentry.signup=maybe | websentry.signup is 'maybe'; use one of open, closed",
                "websentry.scan.queue=-1 | websentry.scan.queue is -1; use 0 to 10000",
                "websentry.scan.timeout=soon | websentry.scan.timeout is 'soon'",
                "websentry.scan.timeout=0s | websentry.scan.timeout is 0s; use 1s to 3600s",
                "websentry.scan.allow=10.0.0.0/99 | '10.0.0.0/99' is not an address range",
                "websentry.scan.ca-certificates=/no/such/file | websentry.scan.ca-certificates is '/no/such/file'",
                "websentry.scann.queue=1 | websentry.scann.queue: unknown setting",
                "websentry.db.url=jdbc:mysql://a | websentry.db.url does not begin with jdbc:postgresql:",
                "websentry.public-url=https://a.example/path | websentry.public-url is 'https://a.example/path'",
                "websentry.public-url=a.example | websentry.public-url is 'a.example'",
            })
    void invalidSettingIsReportedInOneLine(String setting, String expected) {
        Exception failure =
                assertThrows(Exception.class, () -> start("--" + setting).close());
        String line = new InvalidSettingAnalyzer().analyze(failure).getDescription();
        assertTrue(line.contains(expected), line);
        assertTrue(line.startsWith("websentry."), line);
        assertEquals(1, line.lines().count(), line);
    }
}
