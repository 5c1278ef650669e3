package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads the JSON of a recording and tracks the current path for error messages. Not thread-safe. */
final class Source {
    /** Maximum number of array elements in a file, three times as many as the largest possible scan produces. */
    private static final int MAX_ELEMENTS = 1_000_000;

    private static final int MAX_PATH_LENGTH = 200;

    private final JsonParser json;
    private final Deque<String> segments = new ArrayDeque<>();
    private int elements;

    Source(JsonParser json) {
        this.json = json;
    }

    JsonParser json() {
        return json;
    }

    /** Returns whether the current token is of this type. */
    boolean at(JsonToken token) {
        return json.currentToken() == token;
    }

    /**
     * Advances to the next token.
     *
     * @return the token
     * @throws NotARecording if the file ends
     */
    JsonToken next() throws IOException, NotARecording {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw wrong("unexpected end of file");
        }
        return token;
    }

    /**
     * Checks the type of the current token.
     *
     * @param expected description of the expected token with its article, for the message
     * @throws NotARecording if the current token is of another type
     */
    void require(JsonToken token, String expected) throws NotARecording {
        if (!at(token)) {
            throw wrong("expected " + expected);
        }
    }

    /**
     * Counts an array element. Elements are limited because three bytes of a file may take a hundred bytes of memory.
     */
    void element() throws NotARecording {
        elements++;
        if (elements > MAX_ELEMENTS) {
            throw wrong("the arrays of the file have more than " + MAX_ELEMENTS + " elements in total");
        }
    }

    /**
     * Reads a nested value.
     *
     * @param segment path segment of the value, for messages
     * @param codec codec of the value
     * @return the value
     */
    <T> T within(String segment, Form<T> codec) throws IOException, NotARecording {
        segments.addLast(segment);
        T value = codec.read(this);
        segments.removeLast();
        return value;
    }

    /** Creates an exception whose message starts with the current line, column and path. */
    NotARecording wrong(String problem) {
        JsonLocation location = json.currentTokenLocation();
        String path = String.join("", segments);
        String shown = path.startsWith(".") ? path.substring(1) : path;
        if (shown.length() > MAX_PATH_LENGTH) {
            shown = "..." + shown.substring(shown.length() - MAX_PATH_LENGTH);
        }
        return new NotARecording("line " + location.getLineNr() + ", column " + location.getColumnNr()
                + (shown.isEmpty() ? "" : ", " + shown) + ": " + problem);
    }
}
