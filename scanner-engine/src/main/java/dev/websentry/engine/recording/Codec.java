package dev.websentry.engine.recording;

import java.io.IOException;

/**
 * Converts the values of one type to and from the JSON of a recording.
 *
 * @param <T> type of the values
 */
interface Codec<T> {
    /**
     * Writes one value.
     *
     * @throws IOException if writing fails
     */
    void write(T value, RedactingJsonWriter out) throws IOException;

    /**
     * Reads one value.
     *
     * @param in positioned at the first token of the value; on return at its last token
     * @return the value
     * @throws InvalidRecordingException if the JSON does not hold a value of this type
     * @throws IOException if reading fails
     */
    T read(RecordingJsonReader in) throws IOException, InvalidRecordingException;
}
