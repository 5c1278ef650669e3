package dev.websentry.server.scan;

import dev.websentry.server.answer.Moments;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET /api/scan/:scanId/json} answers. */
final class ScanAnswer {
    private ScanAnswer() {}

    static ResponseEntity<byte[]> of(ScanReport done) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json(done));
    }

    /** In UTF-8. The results go out as they were stored: a report is read often, and to parse it anew tells nothing. */
    static byte[] json(ScanReport done) {
        Scan scan = done.scan();
        Scan.Verdict verdict = scan.verdict().orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int before;
        try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
            json.writeStartObject()
                    .writeBooleanProperty("ok", true)
                    .writeObjectPropertyStart("scan")
                    .writeStringProperty("id", scan.id())
                    .writeStringProperty("url", scan.url())
                    .writeStringProperty("grade", verdict.grade())
                    .writeNumberProperty("score", verdict.score())
                    .writeName("results")
                    // Stands for the value, which is put in past the generator.
                    .writeRawValue("")
                    .flush();
            before = out.size();
            json.writeStringProperty("created_at", Moments.seconds(scan.createdAt()))
                    .writeEndObject()
                    .writeEndObject();
        }
        byte[] frame = out.toByteArray();
        // One array of the right length: a report is large, and growing one would copy it twice more.
        return ByteBuffer.allocate(frame.length + done.results().length)
                .put(frame, 0, before)
                .put(done.results())
                .put(frame, before, frame.length - before)
                .array();
    }
}
