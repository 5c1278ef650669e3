package dev.websentry.engine.record;

import java.io.IOException;

/** How the values of one type stand in a recording. */
interface Form<T> {
    void write(T value, Sink out) throws IOException;

    /**
     * Reads one value.
     *
     * @param in at the value's first token; afterwards at its last
     * @throws NotARecording when something else stands there
     */
    T read(Source in) throws IOException, NotARecording;
}
