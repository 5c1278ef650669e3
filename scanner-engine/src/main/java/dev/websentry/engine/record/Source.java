package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where a recording is read from, and the place that has been reached, for messages. Not thread-safe. */
final class Source {
    /** In the whole file. The answers of a scan, each as long as it may be, have a third of it. */
    private static final int MOST_ELEMENTS = 1_000_000;

    private static final int LONGEST_PLACE = 200;

    private final JsonParser json;
    private final Deque<String> place = new ArrayDeque<>();
    private int elements;

    Source(JsonParser json) {
        this.json = json;
    }

    JsonParser json() {
        return json;
    }

    /** Whether the current token is this one. */
    boolean at(JsonToken token) {
        return json.currentToken() == token;
    }

    /** Goes on to the next token, which has to be there. */
    JsonToken next() throws IOException, NotARecording {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw wrong("the file ends in the middle");
        }
        return token;
    }

    void require(JsonToken token, String expected) throws NotARecording {
        if (!at(token)) {
            throw wrong("expected " + expected);
        }
    }

    /** Counts an element of a list: three bytes of a file may become a hundred of memory. */
    void element() throws NotARecording {
        elements++;
        if (elements > MOST_ELEMENTS) {
            throw wrong("the file's lists have more than " + MOST_ELEMENTS + " elements");
        }
    }

    /** Reads a part that has a name of its own in messages. */
    <T> T within(String part, Form<T> form) throws IOException, NotARecording {
        place.addLast(part);
        T value = form.read(this);
        place.removeLast();
        return value;
    }

    NotARecording wrong(String what) {
        JsonLocation location = json.currentTokenLocation();
        String path = String.join("", place);
        String shown = path.startsWith(".") ? path.substring(1) : path;
        if (shown.length() > LONGEST_PLACE) {
            shown = "..." + shown.substring(shown.length() - LONGEST_PLACE);
        }
        return new NotARecording("line " + location.getLineNr() + ", column " + location.getColumnNr()
                + (shown.isEmpty() ? "" : ", " + shown) + ": " + what);
    }
}
