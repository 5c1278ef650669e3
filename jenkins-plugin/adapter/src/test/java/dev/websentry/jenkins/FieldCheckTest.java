package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Form validation by the engine's rules. */
class FieldCheckTest {
    @Test
    void rightTextsHaveNoProblem() {
        assertEquals(Optional.empty(), FieldCheck.of(Option.URL, "https://www.example.com:8443/shop"));
        assertEquals(Optional.empty(), FieldCheck.of(Option.URLS, List.of("www.example.com", "www.example.org")));
        assertEquals(Optional.empty(), FieldCheck.of(Option.FAIL_BELOW, "a+"));
        assertEquals(Optional.empty(), FieldCheck.of(Option.DNS_SERVERS, List.of("192.0.2.1:5353")));
    }

    @Test
    void emptyFieldHasNoProblem() {
        for (Option option : Option.values()) {
            assertEquals(Optional.empty(), FieldCheck.of(option, ""), option.key());
        }
    }

    @Test
    void wrongTextIsNamed() {
        assertProblem(Option.URL, "ftp://example.com", "url: ");
        assertProblem(Option.FAIL_BELOW, "E", "failBelow: unknown grade \"E\"");
        assertProblem(Option.CATEGORY_MINIMUMS, "tls=A", "categoryMinimums: ");
        assertProblem(Option.RESOLVE, "www.example.com:443", "resolve: ");
        assertProblem(Option.FORMATS, "pdf", "formats: ");
        assertProblem(Option.HEADERS, "no colon", "headers: ");
        assertProblem(Option.TIMEOUT_SECONDS, "0", "timeoutSeconds: ");
    }

    @Test
    void variablesAreLeftToTheBuild() {
        assertEquals(Optional.empty(), FieldCheck.of(Option.URL, "${DEPLOYED_URL}"));
        assertEquals(Optional.empty(), FieldCheck.unstableBelow("$GRADE", "B"));
    }

    @Test
    void filesAreLeftToTheAgent() {
        assertEquals(Optional.empty(), FieldCheck.of(Option.WAIVERS, "waivers.yaml"));
    }

    @Test
    void unstableBelowMustBeAGradeAboveFailBelow() {
        assertEquals(Optional.empty(), FieldCheck.unstableBelow("A", "C"));
        assertEquals(Optional.empty(), FieldCheck.unstableBelow("A", null));
        assertTrue(FieldCheck.unstableBelow("E", null).orElse("").startsWith("unstableBelow: 'E' is not a grade"));
        assertTrue(FieldCheck.unstableBelow("C", "C").orElse("").contains("nothing would ever be unstable"));
    }

    private static void assertProblem(Option option, String text, String beginning) {
        String problem = FieldCheck.of(option, text).orElse("");
        assertTrue(problem.startsWith(beginning), option + " says: " + problem);
    }
}
