package dev.websentry.engine.check.headers;

import static dev.websentry.engine.check.CheckOutcome.FAIL;
import static dev.websentry.engine.check.CheckOutcome.PASS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edges of the syntax of single headers. */
class HeaderSyntaxTest {
    private static CheckVerdict verdict(Check check, String name, String value) {
        return CheckCatalog.evaluate(
                        check, ObservedSite.page().header(name, value).observations())
                .verdict();
    }

    @ParameterizedTest(name = "Permissions-Policy: {0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            camera=(), storage-access=*     | PASS
            camera=(self), storage-access=* | PASS
            storage-access=*                | FAIL
            storage-access=()               | PASS
            camera=(), microphone=*         | FAIL
            """)
    void featureWithItsDefaultAllowlistIsNotAFinding(String value, CheckOutcome expected) {
        CheckVerdict verdict = verdict(new PermissionsPolicyCheck(), "Permissions-Policy", value);
        assertEquals(expected, verdict.outcome(), verdict.value());
    }

    /** Fetch, "get, decode, and split": only tabs and spaces are removed. */
    @Test
    void nosniffFollowedByAControlCharacterFails() {
        String name = "X-Content-Type-Options";
        for (String end : new String[] {"\u000b", "\f", "\u00a0", "\u001f", "\ufffd"}) {
            assertEquals(
                    FAIL,
                    verdict(new ContentTypeOptionsCheck(), name, "nosniff" + end)
                            .outcome());
        }
        assertEquals(
                PASS,
                verdict(new ContentTypeOptionsCheck(), name, " \tnosniff\t ,x").outcome());
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            COOP | same-origin                  | same-origin.
            COOP | same-origin; report-to="x"   | same-origin.
            COOP | "same-origin"                | ignore
            COEP | "require-corp"               | ignore
            COEP | require-corp                 | require-corp.
            CORP | same-site                    | same-site.
            CORP | "same-site"                  | ignore
            CORP | same-site; x                 | ignore
            """)
    void isolationHeadersNeedATokenAndCorpAnExactValue(String header, String value, String expected) {
        CheckVerdict verdict = switch (header) {
            case "COOP" -> verdict(CrossOriginIsolationInfo.openerPolicy(), "Cross-Origin-Opener-Policy", value);
            case "COEP" -> verdict(CrossOriginIsolationInfo.embedderPolicy(), "Cross-Origin-Embedder-Policy", value);
            default -> verdict(CrossOriginIsolationInfo.resourcePolicy(), "Cross-Origin-Resource-Policy", value);
        };
        assertTrue(verdict.value().contains(expected), verdict.value());
    }
}
