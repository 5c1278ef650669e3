package dev.websentry.engine.syntax.spf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfMacrosTest {
    /** RFC 7208 sections 7.3 and 7.4, for the domains of its examples. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%{d}.net | email.example.com.net",
                "%{D}.net | email.example.com.net",
                "%{d4}.net | email.example.com.net",
                "%{d3}.net | email.example.com.net",
                "%{d2}.net | example.com.net",
                "%{d1}.net | com.net",
                "%{d001}.net | com.net",
                "%{d0001}.net | email.example.com.net",
                "%{dr}.net | com.example.email.net",
                "%{d2R}.net | example.email.net",
                "%{o}.net | strong-bad.example.net",
                "%{o-}.net | strong.bad.example.net",
                "%{or-}.net | bad.example.strong.net",
                "_spf.%{d2}.%{o1} | _spf.example.com.example",
                "a%%b.net | a%b.net",
                "a%_b.net | a b.net",
                "a%-b.net | a%20b.net",
                "Example.Net. | example.net",
                "plain.net | plain.net"
            })
    void macrosIndependentOfTheMessageAreExpanded(String text, String name) {
        assertEquals(Optional.of(name), SpfMacros.expand(text, "email.example.com", "strong-bad.example"));
    }

    @ParameterizedTest
    @CsvSource({"%{s}.net", "%{l}.net", "%{i}.net", "%{p}.net", "%{v}.net", "%{h}.net", "a.%{d}.%{I}"})
    void macrosOfTheMessageAreNotExpanded(String text) {
        assertEquals(Optional.empty(), SpfMacros.expand(text, "example.com", "example.com"));
    }

    /** RFC 7208 section 7.3: labels on the left are removed from a name of more than 253 characters. */
    @Test
    void longNameLosesLabelsOnTheLeft() {
        String longest = "x".repeat(249) + ".net";
        assertEquals(Optional.of(longest), SpfMacros.expand(longest, "", ""));
        assertEquals(Optional.of(longest), SpfMacros.expand(longest + ".", "", ""));
        assertEquals(Optional.of(longest), SpfMacros.expand("A.b.%{d}", longest, ""));
        assertEquals(Optional.of(longest), SpfMacros.expand("." + longest, "", ""));
        assertEquals(Optional.of("net"), SpfMacros.expand("X" + longest, "", ""));
    }

    @Test
    void longSingleLabelIsKept() {
        assertEquals(Optional.of("x".repeat(254)), SpfMacros.expand("X".repeat(254), "", ""));
    }

    @Test
    void macroStringLengthIsLimited() {
        assertDoesNotThrow(() -> SpfMacros.requireMacroString("x".repeat(1000)));
        assertThrows(InvalidSyntaxException.class, () -> SpfMacros.requireMacroString("x".repeat(1001)));
    }
}
