package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Writes the JSON of a recording. Every string passes the redaction here, so no codec can bypass it.
 *
 * @param json generator for everything except strings from a site; certificates and names need no redaction
 * @param redaction redaction of strings and exchanges
 */
record RedactingJsonWriter(JsonGenerator json, Redaction redaction) {
    /** Writes a string with its secrets masked. */
    void writeText(String text) throws IOException {
        json.writeString(redaction.redactText(text));
    }
}
