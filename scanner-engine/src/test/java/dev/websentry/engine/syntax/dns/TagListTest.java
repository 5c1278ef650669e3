package dev.websentry.engine.syntax.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the tag-list grammar of RFC 6376 section 3.2. */
class TagListTest {
    private static final Map<String, String> TWO = Map.of("v", "DKIM1", "p", "a=b");

    @ParameterizedTest
    @CsvSource({"v=DKIM1;p=a=b", "' v = DKIM1 ; p = a=b '", "v=DKIM1; p=a=b;", "'v=DKIM1; p=a=b; '"})
    void tagsAreParsed(String text) throws InvalidSyntaxException {
        assertEquals(TWO, TagList.parse(text).tags());
        assertEquals(TWO, TagList.lenient(text).tags());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1;;p=2 | empty tag between two semicolons",
                "v | is not a tag=value pair",
                "=1 | is not a tag=value pair",
                "1v=1 | 1v",
                "v=1; p=2; v=1 | v appears twice"
            })
    void malformedListsAreRejected(String text, String complaint) {
        String actual = assertThrows(InvalidSyntaxException.class, () -> TagList.parse(text))
                .reason();
        assertTrue(actual.contains(complaint), actual);
    }

    @Test
    void messageOfAnEmptyNameHasNoValue() {
        assertEquals(
                "'' is not a tag=value pair",
                assertThrows(InvalidSyntaxException.class, () -> TagList.parse("=1"))
                        .reason());
    }

    @Test
    void lenientParserSkipsMalformedParts() {
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
    void versionTagMustBeFirst(String text, boolean has) {
        assertEquals(has, TagList.hasVersion(text, "DMARC1"));
    }
}
