package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Masks the secrets in every string. Certificates are written as binary values and names as field names. */
final class RedactingGenerator extends JsonGeneratorDelegate {
    private final Redaction redaction;

    RedactingGenerator(JsonGenerator json, Redaction redaction) {
        super(json, false);
        this.redaction = redaction;
    }

    @Override
    public void writeString(String text) throws IOException {
        super.writeString(redaction.redactText(text));
    }
}
