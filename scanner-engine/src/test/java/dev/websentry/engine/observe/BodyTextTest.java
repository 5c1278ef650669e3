package dev.websentry.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BodyTextTest {
    @Test
    void theDocumentIsParsedOnce() {
        BodyText body = BodyText.of("<title>Home</title>");
        assertSame(body.html(), body.html());
        assertEquals("Home", body.html().title());
    }

    @Test
    void bodiesWithEqualTextAreEqual() {
        BodyText body = BodyText.of("a");
        body.html();
        assertEquals(BodyText.of("a"), body);
        assertEquals(BodyText.of("a").hashCode(), body.hashCode());
        assertNotEquals(BodyText.of("b"), body);
        assertEquals("a", body.toString());
    }
}
