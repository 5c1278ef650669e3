package dev.websentry.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.job.Option;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Form validation by the engine's rules. */
class FieldValidationTest {
    @Test
    void rightTextsHaveNoProblem() {
        assertEquals(Optional.empty(), FieldValidation.of(Option.URL, "https://www.example.com:8443/shop"));
        assertEquals(Optional.empty(), FieldValidation.of(Option.URLS, List.of("www.example.com", "www.example.org")));
        assertEquals(Optional.empty(), FieldValidation.of(Option.FAIL_BELOW, "a+"));
        assertEquals(Optional.empty(), FieldValidation.of(Option.DNS_SERVERS, List.of("192.0.2.1:5353")));
    }

    @Test
    void emptyFieldHasNoProblem() {
        for (Option option : Option.values()) {
            assertEquals(Optional.empty(), FieldValidation.of(option, ""), option.key());
        }
    }

    @Test
    void wrongTextIsExplainedWithoutTheNameOfTheOption() {
        assertProblem(Option.URL, "ftp://example.com", "");
        assertProblem(Option.FAIL_BELOW, "E", "Unknown grade \"E\"");
        assertProblem(Option.CATEGORY_MINIMUMS, "tls=A", "Invalid category minimum");
        assertProblem(Option.RESOLVE, "www.example.com:443", "");
        assertProblem(Option.FORMATS, "pdf", "Unknown format");
        assertProblem(Option.HEADERS, "no colon", "");
        assertProblem(Option.TIMEOUT_SECONDS, "0", "Invalid value \"0\"");
    }

    @Test
    void variablesAreLeftToTheBuild() {
        assertEquals(Optional.empty(), FieldValidation.of(Option.URL, "${DEPLOYED_URL}"));
        assertEquals(Optional.empty(), FieldValidation.unstableBelow("$GRADE", "B"));
    }

    @Test
    void filesAreLeftToTheAgent() {
        assertEquals(Optional.empty(), FieldValidation.of(Option.WAIVERS, "waivers.yaml"));
    }

    @Test
    void rootStoreIsANameOrAPath() {
        for (String store : List.of("browsers", "jdk", "certs/roots.pem", "roots.pem", "/etc/ssl/roots", "$ROOTS")) {
            assertEquals(Optional.empty(), FieldValidation.of(Option.ROOT_STORE, store), store);
        }
        assertProblem(Option.ROOT_STORE, "browser", "Unknown root store \"browser\"; use browsers, jdk, or the path");
        assertProblem(Option.ROOT_STORE, "JDK", "Unknown root store");
    }

    @Test
    void unstableBelowMustBeAGradeAboveFailBelow() {
        assertEquals(Optional.empty(), FieldValidation.unstableBelow("A", "C"));
        assertEquals(Optional.empty(), FieldValidation.unstableBelow("A", null));
        assertTrue(FieldValidation.unstableBelow("E", null).orElse("").startsWith("unknown grade \"E\"; use A+"));
        assertTrue(FieldValidation.unstableBelow("C", "C").orElse("").contains("no build would be unstable"));
    }

    private static void assertProblem(Option option, String text, String beginning) {
        String problem = FieldValidation.of(option, text).orElse("");
        assertTrue(!problem.isEmpty() && problem.startsWith(beginning), option + ": " + problem);
        assertFalse(problem.startsWith(option.key()), problem);
    }
}
