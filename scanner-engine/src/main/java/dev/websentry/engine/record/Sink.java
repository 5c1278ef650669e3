package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Where a recording is written to. Every text passes the redaction here, so no form can go round it.
 *
 * @param json certificates and names are written to it directly: they hold no text of a stranger's choosing
 */
record Sink(JsonGenerator json, Redaction redaction) {
    void text(String text) throws IOException {
        json.writeString(redaction.text(text));
    }
}
