package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Limits the array elements of a file, because three bytes of a file may take a hundred bytes of memory. */
final class CountingParser extends JsonParserDelegate {
    /** Maximum number of array elements in a file, three times as many as the largest possible scan produces. */
    private static final int MAX_ELEMENTS = 1_000_000;

    private int elements;

    CountingParser(JsonParser json) {
        super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null && !token.isStructEnd() && isElement(token)) {
            elements++;
            if (elements > MAX_ELEMENTS) {
                throw new StreamConstraintsException(
                        "the arrays of the file have more than " + MAX_ELEMENTS + " elements in total",
                        currentTokenLocation());
            }
        }
        return token;
    }

    private boolean isElement(JsonToken token) {
        return token.isStructStart()
                ? getParsingContext().getParent().inArray()
                : getParsingContext().inArray();
    }
}
