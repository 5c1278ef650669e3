package dev.websentry.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.WebSentryServer;
import dev.websentry.server.testing.QuickJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help and version are printed at once: they load no class of Spring that starts or configures anything. */
class CommandClassLoadingTest {
    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help", "help"})
    void helpAndVersionDoNotLoadSpring(String word) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(QuickJvm.command(
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WebSentryServer.class.getName(),
                        word))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("WebSentry ") || output.contains("Usage: "), output);
        List<String> spring = output.lines()
                .filter(line -> line.contains(" org.springframework."))
                .toList();
        // The verification of the main class loads the type of one of its beans.
        assertTrue(
                spring.stream().allMatch(line -> line.contains("crypto.password.PasswordEncoder")),
                () -> String.join("\n", spring));
    }
}
