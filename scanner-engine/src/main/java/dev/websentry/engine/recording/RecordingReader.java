package dev.websentry.engine.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
        try (JsonParser json = new CountingParser(RecordingFormat.JSON.createParser(in))) {
            RecordingFault fault = new RecordingFault(json);
            try {
                return read(json, fault);
            } catch (JsonProcessingException e) {
                throw fault.of(e);
            }
        } catch (CharConversionException e) {
            // Jackson detects UTF-32, which RFC 4627 section 3 allowed, and then fails on invalid code points.
            throw new InvalidRecordingException("not a recording, invalid JSON: " + e.getMessage());
        }
    }

    private static Recording read(JsonParser json, RecordingFault fault) throws IOException, InvalidRecordingException {
        if (json.nextToken() != JsonToken.START_OBJECT || !"recordVersion".equals(json.nextFieldName())) {
            throw fault.at("not a recording: expected an object that begins with 'recordVersion'");
        }
        if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            throw fault.at("expected an integer");
        }
        int version = json.getIntValue();
        if (version != Recording.FORMAT_VERSION) {
            throw fault.atParent(
                    "recordVersion " + version + " is not supported, this engine reads " + Recording.FORMAT_VERSION
                            + (version > Recording.FORMAT_VERSION
                                    ? ": use the WebSentry version that wrote the file, or a newer one"
                                    : ""));
        }
        if (!"recording".equals(json.nextFieldName())) {
            throw fault.at("expected the field 'recording'");
        }
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw fault.at("expected an object");
        }
        Recording recording = RecordingFormat.MAPPER.readerFor(Recording.class).readValue(json);
        if (json.nextToken() != JsonToken.END_OBJECT) {
            throw fault.at("expected no field other than 'recording'");
        }
        if (json.nextToken() != null) {
            throw fault.at("unexpected content after the recording");
        }
        return recording;
    }
}
