package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes recordings. */
public final class RecordingWriter {
    /** ASCII alone: a stranger's bytes neither break a tool that reads the file nor turn what a person reads around. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final Form<Recording> FORM = Forms.of(Recording.class);

    private RecordingWriter() {}

    /**
     * Writes it as indented JSON, without secrets.
     *
     * @param secrets texts that must not stand in the file wherever a site repeats them; see {@link Secrets}
     * @throws IOException when writing fails, or when a site sent so much that no engine would read the file
     */
    public static void write(Recording recording, List<String> secrets, OutputStream out) throws IOException {
        Redaction redaction = new Redaction(recording.observations(), secrets);
        try (JsonGenerator json = JSON.createGenerator(new Bounded(out), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeNumberField("recordVersion", Recording.VERSION);
            json.writeFieldName("recording");
            FORM.write(recording, new Sink(json, redaction));
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** What grows larger could not be read again. */
    private static final class Bounded extends FilterOutputStream {
        private long left = RecordingReader.MOST_BYTES;

        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            take(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            out.write(bytes, offset, length);
        }

        private void take(int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("the recording would be larger than " + RecordingReader.MOST_BYTES + " bytes");
            }
        }
    }
}
