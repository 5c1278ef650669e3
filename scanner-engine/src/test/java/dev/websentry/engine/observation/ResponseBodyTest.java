package dev.websentry.engine.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ResponseBodyTest {
    @Test
    void theDocumentIsParsedOnce() {
        ResponseBody body = ResponseBody.of("<title>Home</title>");
        assertSame(body.html(), body.html());
        assertEquals("Home", body.html().title());
    }

    @Test
    void bodiesWithEqualTextAreEqual() {
        ResponseBody body = ResponseBody.of("a");
        body.html();
        assertEquals(ResponseBody.of("a"), body);
        assertEquals(ResponseBody.of("a").hashCode(), body.hashCode());
        assertNotEquals(ResponseBody.of("b"), body);
        assertEquals("a", body.toString());
    }
}
