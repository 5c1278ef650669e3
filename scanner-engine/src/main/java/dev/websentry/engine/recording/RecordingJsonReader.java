package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.websentry.engine.syntax.Excerpt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads the JSON of a recording and tracks the current path for error messages. Not thread-safe. */
final class RecordingJsonReader {
    /** Maximum number of array elements in a file, three times as many as the largest possible scan produces. */
    private static final int MAX_ELEMENTS = 1_000_000;

    private static final int MAX_PATH_LENGTH = 200;

    private final JsonParser json;
    private final Deque<String> segments = new ArrayDeque<>();
    private int elements;

    RecordingJsonReader(JsonParser json) {
        this.json = json;
    }

    JsonParser json() {
        return json;
    }

    /** Returns whether the current token is of this type. */
    boolean isAt(JsonToken token) {
        return json.currentToken() == token;
    }

    /**
     * Advances to the next token.
     *
     * @return the token
     * @throws InvalidRecordingException if the file ends
     */
    JsonToken nextToken() throws IOException, InvalidRecordingException {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw error("unexpected end of file");
        }
        return token;
    }

    /**
     * Checks the type of the current token.
     *
     * @param expected description of the expected token with its article, for the message
     * @throws InvalidRecordingException if the current token is of another type
     */
    void expect(JsonToken token, String expected) throws InvalidRecordingException {
        if (!isAt(token)) {
            throw error("expected " + expected);
        }
    }

    /**
     * Counts an array element. Elements are limited because three bytes of a file may take a hundred bytes of memory.
     */
    void countElement() throws InvalidRecordingException {
        elements++;
        if (elements > MAX_ELEMENTS) {
            throw error("the arrays of the file have more than " + MAX_ELEMENTS + " elements in total");
        }
    }

    /**
     * Reads a nested value.
     *
     * @param segment path segment of the value, for messages
     * @param codec codec of the value
     * @return the value
     */
    <T> T readNested(String segment, Codec<T> codec) throws IOException, InvalidRecordingException {
        segments.addLast(segment);
        T value = codec.read(this);
        segments.removeLast();
        return value;
    }

    /** Creates an exception whose message starts with the current line, column and path. */
    InvalidRecordingException error(String problem) {
        JsonLocation location = json.currentTokenLocation();
        String path = String.join("", segments);
        String shown = Excerpt.endOf(path.startsWith(".") ? path.substring(1) : path, MAX_PATH_LENGTH);
        return new InvalidRecordingException("line " + location.getLineNr() + ", column " + location.getColumnNr()
                + (shown.isEmpty() ? "" : ", " + shown) + ": " + problem);
    }
}
