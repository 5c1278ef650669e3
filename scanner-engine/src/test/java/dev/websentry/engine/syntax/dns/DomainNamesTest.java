package dev.websentry.engine.syntax.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DomainNamesTest {
    @Test
    void parentsEndBeforeTheRoot() {
        assertEquals(List.of("a.b.net", "b.net", "net"), DomainNames.selfAndParents("a.b.net"));
        assertEquals(List.of("net"), DomainNames.selfAndParents("net"));
    }

    @ParameterizedTest
    @CsvSource({"net, 1", "b.net, 2", "a.b.net, 3"})
    void labelsAreCounted(String name, int labels) {
        assertEquals(labels, DomainNames.labelCount(name));
    }

    @ParameterizedTest
    @CsvSource({"b.net, b.net, true", "a.b.net, b.net, true", "ab.net, b.net, false", "net, b.net, false"})
    void wholeLabelsAreCompared(String name, String parent, boolean within) {
        assertEquals(within, DomainNames.isSameOrSubdomain(name, parent));
    }

    /** RFC 1035 section 2.3.4: at most 63 octets per label and 255 per name, which are 253 characters in text form. */
    static List<Object[]> names() {
        String label = "x".repeat(63);
        String longest = (label + ".").repeat(3) + "y".repeat(61);
        return List.of(
                new Object[] {"a.net", true},
                new Object[] {"", false},
                new Object[] {".net", false},
                new Object[] {"a..net", false},
                new Object[] {"net.", false},
                new Object[] {label + ".net", true},
                new Object[] {label + "x.net", false},
                new Object[] {longest, true},
                new Object[] {longest + "y", false});
    }

    @ParameterizedTest
    @MethodSource("names")
    void lengthsAreLimited(String name, boolean valid) {
        assertEquals(valid, DomainNames.isValid(name));
    }

    @ParameterizedTest
    @CsvSource({"A.Net., a.net", "a.net, a.net"})
    void questionsAreInLowerCaseWithoutTheTrailingDot(String name, String asked) {
        assertEquals(asked, new DnsQuestion(name, DnsRecordType.TXT).name());
    }
}
