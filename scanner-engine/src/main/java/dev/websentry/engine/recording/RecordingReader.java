package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads recordings. Files are untrusted: reading stops at the first token that does not match the format, and unknown
 * fields are errors.
 */
public final class RecordingReader {
    /** Maximum size of a recording in bytes. It suffices for a site whose pages all reach their size limit. */
    public static final int MAX_BYTES = 64 << 20;

    /** Maximum length of a string in characters. The longest strings are revocation lists. */
    private static final int MAX_STRING_LENGTH = 16 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(100)
                    .maxNumberLength(20)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final Codec<Recording> CODEC = CodecRegistry.of(Recording.class);

    private RecordingReader() {}

    /**
     * Reads a recording.
     *
     * @param in stream of a JSON document; closed on return
     * @return the recording
     * @throws InvalidRecordingException if the document is not a recording, or has an unsupported version
     * @throws IOException if reading the stream fails
     */
    public static Recording read(InputStream in) throws IOException, InvalidRecordingException {
        try (JsonParser json = JSON.createParser(in)) {
            return read(new RecordingJsonReader(json));
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw new InvalidRecordingException(where + "not a recording, invalid JSON: "
                    + String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "));
        } catch (CharConversionException e) {
            // Jackson detects UTF-32, which RFC 4627 section 3 allowed, and then fails on invalid code points.
            throw new InvalidRecordingException("not a recording, invalid JSON: " + e.getMessage());
        }
    }

    private static Recording read(RecordingJsonReader in) throws IOException, InvalidRecordingException {
        if (in.json().nextToken() != JsonToken.START_OBJECT
                || in.nextToken() != JsonToken.FIELD_NAME
                || !in.json().currentName().equals("recordVersion")) {
            throw in.error("not a recording: expected an object that begins with 'recordVersion'");
        }
        in.nextToken();
        int version = in.readNested(".recordVersion", new IntegerCodec());
        if (version != Recording.FORMAT_VERSION) {
            throw in.error(
                    "recordVersion " + version + " is not supported, this engine reads " + Recording.FORMAT_VERSION
                            + (version > Recording.FORMAT_VERSION
                                    ? ": use the WebSentry version that wrote the file, or a newer one"
                                    : ""));
        }
        if (in.nextToken() != JsonToken.FIELD_NAME || !in.json().currentName().equals("recording")) {
            throw in.error("expected the field 'recording'");
        }
        in.nextToken();
        Recording recording = in.readNested("", CODEC);
        in.nextToken();
        in.expect(JsonToken.END_OBJECT, "no field other than 'recording'");
        if (in.json().nextToken() != null) {
            throw in.error("unexpected content after the recording");
        }
        return recording;
    }
}
