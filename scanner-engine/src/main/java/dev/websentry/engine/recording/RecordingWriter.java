package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes recordings as JSON, without secrets. */
public final class RecordingWriter {
    private RecordingWriter() {}

    /**
     * Writes a recording as indented JSON and redacts secrets.
     *
     * @param recording the recording
     * @param secrets texts to redact wherever a site repeats them; see {@link KnownSecrets}
     * @param out stream to write to; flushed, but not closed
     * @throws IOException if writing fails, or if the recording is larger than {@link RecordingReader#MAX_BYTES}
     */
    public static void write(Recording recording, List<String> secrets, OutputStream out) throws IOException {
        Redaction redaction = new Redaction(recording.observations(), secrets);
        try (JsonGenerator json =
                RecordingFormat.JSON.createGenerator(new SizeLimitedOutputStream(out), JsonEncoding.UTF8)) {
            // The same bytes on every operating system.
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("recordVersion", Recording.FORMAT_VERSION);
            json.writeFieldName("recording");
            RecordingFormat.MAPPER
                    .writerFor(Recording.class)
                    .withAttribute(Redaction.class, redaction)
                    .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                    .writeValue(new RedactingGenerator(json, redaction), recording);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** Fails when the output exceeds the size that {@link RecordingReader} accepts. */
    private static final class SizeLimitedOutputStream extends FilterOutputStream {
        private long remaining = RecordingReader.MAX_BYTES;

        SizeLimitedOutputStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            consume(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            consume(length);
            out.write(bytes, offset, length);
        }

        private void consume(int length) throws IOException {
            remaining -= length;
            if (remaining < 0) {
                throw new IOException("the recording is larger than " + RecordingReader.MAX_BYTES + " bytes");
            }
        }
    }
}
