package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownPropertiesTest {
    private static Properties properties(String... names) {
        Properties properties = new Properties();
        for (String name : names) {
            properties.setProperty(name, "A+");
        }
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "websentry.failbelow, websentry.failBelow",
        "websentry.failBelwo, websentry.failBelow",
        "WebSentry.failBelow, websentry.failBelow",
        "websentry.minscore, websentry.minScore",
        "websentry.dns-servers, websentry.dnsServers",
        "websentry.authServerID, websentry.authServerId"
    })
    void anUnknownPropertyIsAnErrorWithTheNearestName(String property, String nearest) {
        MojoExecutionException error = assertThrows(
                MojoExecutionException.class,
                () -> UnknownProperties.reject(properties("user.home"), properties("websentry.url", property)));
        assertEquals("unknown property " + property + "; did you mean " + nearest + "?", error.getMessage());
    }

    @Test
    void allUnknownPropertiesAreNamed() {
        MojoExecutionException error = assertThrows(
                MojoExecutionException.class,
                () -> UnknownProperties.reject(properties("websentry.xyzzy", "websentry.skp")));
        assertEquals(
                "unknown property websentry.skp; did you mean websentry.skip?; unknown property websentry.xyzzy;"
                        + " the goal websentry:help lists all",
                error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"websentry.failBelow", "websentry.observations", "websentry.version", "websentryx.y", "it"})
    void knownAndForeignPropertiesAreAccepted(String property) {
        assertDoesNotThrow(() -> UnknownProperties.reject(properties(property)));
    }

    @Test
    void everyParameterOfTheGoalsIsKnown() throws IOException {
        TreeSet<String> declared = new TreeSet<>();
        for (String mojo : new String[] {"ScanMojo", "GradeMojo", "QualityGateMojo"}) {
            Pattern.compile("property = \"websentry\\.(\\w+)\"")
                    .matcher(Files.readString(Path.of("src/main/java/dev/websentry/maven/" + mojo + ".java")))
                    .results()
                    .forEach(match -> declared.add(match.group(1)));
        }
        assertEquals(declared, new TreeSet<>(UnknownProperties.KNOWN));
    }
}
