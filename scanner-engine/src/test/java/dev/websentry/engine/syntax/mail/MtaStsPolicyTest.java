package dev.websentry.engine.syntax.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests policy files by RFC 8461 sections 3.2 and 4.1. */
class MtaStsPolicyTest {
    private static final String HEAD = "version: STSv1\nmode: enforce\nmax_age: 86400\n";

    @Test
    void policyIsParsed() throws InvalidSyntaxException {
        MtaStsPolicy policy = MtaStsPolicy.parse(HEAD + "mx: A.net\r\nmx:*.b.net\nmode: none\n\n");
        assertEquals(new MtaStsPolicy("enforce", List.of("a.net", "*.b.net"), 86400), policy);
    }

    @Test
    void modeNoneNeedsNoMailHosts() throws InvalidSyntaxException {
        assertEquals(
                new MtaStsPolicy("none", List.of(), 9_999_999_999L),
                MtaStsPolicy.parse("version: STSv1\nmode: none\nmax_age: 9999999999"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | a line without a colon",
                "version: STSv2#mode: none#max_age: 1 | version",
                "mode: none#max_age: 1 | version",
                "version: STSv1#mode: off#max_age: 1 | mode",
                "version: STSv1#max_age: 1 | mode",
                "version: STSv1#mode: none | max_age",
                "version: STSv1#mode: none#max_age: -1 | max_age",
                "version: STSv1#mode: none#max_age: 12345678901 | max_age",
                "version: STSv1#mode: testing#max_age: 1 | no mx"
            })
    void malformedPoliciesAreRejected(String text, String complaint) {
        String actual = assertThrows(InvalidSyntaxException.class, () -> MtaStsPolicy.parse(text.replace('#', '\n')))
                .reason();
        assertTrue(actual.contains(complaint), actual);
    }

    @ParameterizedTest
    @CsvSource({
        "a.net, true",
        "x.b.net, true",
        "x.y.b.net, false",
        "b.net, false",
        ".b.net, false",
        "x.a.net, false",
        "net, false"
    })
    void wildcardMatchesExactlyOneLabel(String host, boolean covered) {
        MtaStsPolicy policy = new MtaStsPolicy("enforce", List.of("a.net", "*.b.net"), 1);
        assertEquals(covered, policy.covers(host));
    }
}
