package dev.websentry.engine.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads recordings. A file may come from anyone: whatever is not exactly a recording is refused at the first token that does
 * not fit, and nothing is kept that the recording has no place for.
 */
public final class RecordingReader {
    /** Bytes: room for every page read to its bound, far more than an ordinary site needs. */
    public static final int MOST_BYTES = 64 << 20;

    /** Characters. No page is read that far; the longest text is a revocation list. */
    private static final int LONGEST_TEXT = 16 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(100)
                    .maxNumberLength(20)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final Form<Recording> FORM = Forms.of(Recording.class);

    private RecordingReader() {}

    /**
     * Reads a whole recording.
     *
     * @throws NotARecording when it is none, or one of another version
     * @throws IOException when reading itself fails
     */
    public static Recording read(InputStream in) throws IOException, NotARecording {
        try (JsonParser json = JSON.createParser(in)) {
            return read(new Source(json));
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": ";
            throw new NotARecording(where + "not the JSON of a recording: "
                    + String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "));
        } catch (CharConversionException e) {
            // What begins like UTF-32 (RFC 4627 section 3 allowed it) and goes on as no text at all.
            throw new NotARecording("not the JSON of a recording: " + e.getMessage());
        }
    }

    private static Recording read(Source in) throws IOException, NotARecording {
        if (in.json().nextToken() != JsonToken.START_OBJECT
                || in.next() != JsonToken.FIELD_NAME
                || !in.json().currentName().equals("recordVersion")) {
            throw in.wrong("not a recording: expected an object that begins with 'recordVersion'");
        }
        in.next();
        int version = in.within(".recordVersion", new NumberForm());
        if (version != Recording.VERSION) {
            throw in.wrong("recordVersion is " + version + ", and this engine reads " + Recording.VERSION
                    + (version > Recording.VERSION
                            ? ": use the version of WebSentry that wrote it, or a newer one"
                            : ""));
        }
        if (in.next() != JsonToken.FIELD_NAME || !in.json().currentName().equals("recording")) {
            throw in.wrong("expected the field 'recording'");
        }
        in.next();
        Recording recording = in.within("", FORM);
        in.next();
        in.require(JsonToken.END_OBJECT, "nothing beside 'recording'");
        if (in.json().nextToken() != null) {
            throw in.wrong("something follows the recording");
        }
        return recording;
    }
}
