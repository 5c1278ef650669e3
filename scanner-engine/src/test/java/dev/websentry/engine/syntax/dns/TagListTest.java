package dev.websentry.engine.syntax.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.Malformed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6376 section 3.2. */
class TagListTest {
    private static final Map<String, String> TWO = Map.of("v", "DKIM1", "p", "a=b");

    @ParameterizedTest
    @CsvSource({"v=DKIM1;p=a=b", "' v = DKIM1 ; p = a=b '", "v=DKIM1; p=a=b;", "'v=DKIM1; p=a=b; '"})
    void tagsAreRead(String text) throws Malformed {
        assertEquals(TWO, TagList.parse(text).tags());
        assertEquals(TWO, TagList.lenient(text).tags());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1;;p=2 | nothing between",
                "v | is no tag=value",
                "=1 | is no tag=value",
                "1v=1 | 1v",
                "v=1; p=2; v=1 | v stands twice"
            })
    void whatIsNoListIsRefused(String text, String complaint) {
        String said = assertThrows(Malformed.class, () -> TagList.parse(text)).complaint();
        assertTrue(said.contains(complaint), said);
    }

    @Test
    void leniencyLeavesOutWhatIsBroken() {
        assertEquals(Map.of("p", "1"), TagList.lenient("x;=2; p=1;; p=2").tags());
    }

    @ParameterizedTest
    @CsvSource({
        "v=DMARC1, true",
        "v=DMARC1; p=none, true",
        "v = DMARC1 ;, true",
        "v=DMARC12, false",
        "v=dmarc1, false",
        "p=none; v=DMARC1, false",
        "V=DMARC1, false"
    })
    void theVersionComesFirst(String text, boolean has) {
        assertEquals(has, TagList.hasVersion(text, "DMARC1"));
    }
}
