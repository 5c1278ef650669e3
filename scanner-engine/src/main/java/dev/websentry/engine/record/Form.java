package dev.websentry.engine.record;

import java.io.IOException;

/**
 * Converts the values of one type to and from the JSON of a recording.
 *
 * @param <T> type of the values
 */
interface Form<T> {
    /**
     * Writes one value.
     *
     * @throws IOException if writing fails
     */
    void write(T value, Sink out) throws IOException;

    /**
     * Reads one value.
     *
     * @param in positioned at the first token of the value; on return at its last token
     * @return the value
     * @throws NotARecording if the JSON does not hold a value of this type
     * @throws IOException if reading fails
     */
    T read(Source in) throws IOException, NotARecording;
}
