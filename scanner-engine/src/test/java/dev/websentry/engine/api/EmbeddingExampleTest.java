package dev.websentry.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.ScanException;
import dev.websentry.testsite.TestSite;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingExampleTest {
    @TempDir
    private Path folder;

    @Test
    void exampleOfTheDocumentationCompilesAndRuns() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "embedding.md"));
        int begin = document.indexOf("```java\n") + "```java\n".length();
        String code = document.substring(begin, document.indexOf("```", begin));
        Path source = Files.writeString(folder.resolve("Example.java"), code);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "--release",
                        "17",
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, result, "the example does not compile");
        try (TestSite site = TestSite.http(request -> TestSite.page("hello"));
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, EmbeddingExampleTest.class.getClassLoader())) {
            String[] arguments = {"http://127.0.0.1:" + site.port(), folder.toString()};
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) arguments);
        }
        assertTrue(Files.readString(folder.resolve("report.html")).contains("http://127.0.0.1:"));
        assertTrue(Files.readString(folder.resolve("report.sarif")).contains("\"version\" : \"2.1.0\""));
    }

    @ParameterizedTest
    @CsvSource({
        "timeoutSecond, 30, unknown option \"timeoutSecond\"; did you mean timeoutSeconds?",
        "outputDirectory, out, unknown option \"outputDirectory\"",
        "timeoutSeconds, soon, timeoutSeconds: invalid value \"soon\"; use a whole number from 1 to 3600",
        "url, x, unknown option \"url\""
    })
    void invalidOptionIsOneLine(String name, String value, String message) {
        try (WebSentry webSentry = new WebSentry()) {
            IllegalArgumentException error = assertThrows(
                    IllegalArgumentException.class, () -> webSentry.scan("www.example.com", Map.of(name, value)));
            assertTrue(error.getMessage().startsWith(message), error.getMessage());
        }
    }

    @Test
    void siteThatDoesNotRespondIsAScanException() throws Exception {
        int closed;
        try (TestSite site = TestSite.http(request -> TestSite.page("hello"))) {
            closed = site.port();
        }
        try (WebSentry webSentry = new WebSentry()) {
            ScanException error =
                    assertThrows(ScanException.class, () -> webSentry.scan("http://127.0.0.1:" + closed, Map.of()));
            assertEquals(ScanException.ScanFailureReason.UNREACHABLE, error.reason());
        }
    }
}
