package dev.websentry.server.scan;

import dev.websentry.server.answer.Moments;
import java.io.ByteArrayOutputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET /api/scan/:scanId/json} answers. */
final class ScanAnswer {
    private static final int LONGEST_FRAME = 4096;

    private ScanAnswer() {}

    static ResponseEntity<byte[]> of(ScanReport done) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json(done));
    }

    /** In UTF-8. The results go out as they were stored: a report is read often, and to parse it anew tells nothing. */
    static byte[] json(ScanReport done) {
        Scan scan = done.scan();
        Scan.Verdict verdict = scan.verdict().orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream(done.results().length + LONGEST_FRAME);
        try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
            json.writeStartObject()
                    .writeBooleanProperty("ok", true)
                    .writeObjectPropertyStart("scan")
                    .writeStringProperty("id", scan.id())
                    .writeStringProperty("url", scan.url())
                    .writeStringProperty("grade", verdict.grade())
                    .writeNumberProperty("score", verdict.score())
                    .writeName("results")
                    // Stands for the value, which follows past the generator.
                    .writeRawValue("")
                    .flush();
            out.writeBytes(done.results());
            json.writeStringProperty("created_at", Moments.seconds(scan.createdAt()))
                    .writeEndObject()
                    .writeEndObject();
        }
        return out.toByteArray();
    }
}
