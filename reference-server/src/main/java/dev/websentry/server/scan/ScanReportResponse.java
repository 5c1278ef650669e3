package dev.websentry.server.scan;

import dev.websentry.server.error.ApiTimestamps;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Creates the response of {@code GET /api/scan/:scanId/json}. */
final class ScanReportResponse {
    private ScanReportResponse() {}

    static ResponseEntity<byte[]> of(CompletedScan done) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json(done));
    }

    /**
     * Returns the report for a caller that may store it and ask later whether it may still read it.
     *
     * @param gzip whether the caller accepts a compressed response
     */
    static ResponseEntity<byte[]> revalidated(CompletedScan done, boolean gzip) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .eTag(etag(done.scan()));
        Optional<byte[]> compressed = gzip ? compressedJson(done) : Optional.empty();
        return compressed.isPresent()
                ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(compressed.get())
                : response.body(json(done));
    }

    private static Optional<byte[]> compressedJson(CompletedScan done) {
        JsonFrame frame = JsonFrame.of(done.scan());
        return GzipInsertion.insert(frame.head, done.compressedResults(), frame.tail);
    }

    /**
     * Returns the entity tag of a complete report, which never changes. It is weak, because compressed responses have
     * the same tag (RFC 9110 section 8.8.1). The number counts changes of the JSON around the results.
     */
    static String etag(Scan scan) {
        return "W/\"1-" + scan.id() + "\"";
    }

    /**
     * Returns the JSON in UTF-8. The stored results are copied unchanged: reports are read often, and parsing them
     * again would only cost time.
     */
    static byte[] json(CompletedScan done) {
        JsonFrame frame = JsonFrame.of(done.scan());
        byte[] results = Gzip.decompress(done.compressedResults());
        // One array of the exact length, because growing an array would copy the large report again.
        return ByteBuffer.allocate(frame.head.length + results.length + frame.tail.length)
                .put(frame.head)
                .put(results)
                .put(frame.tail)
                .array();
    }

    /** The JSON before and after the results. */
    private static final class JsonFrame {
        private final byte[] head;
        private final byte[] tail;

        private JsonFrame(byte[] head, byte[] tail) {
            this.head = head;
            this.tail = tail;
        }

        static JsonFrame of(Scan scan) {
            Scan.GradeSummary verdict = scan.gradeSummary().orElseThrow();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int resultsOffset;
            try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
                json.writeStartObject()
                        .writeBooleanProperty("ok", true)
                        .writeObjectPropertyStart("scan")
                        .writeStringProperty("id", scan.id())
                        .writeStringProperty("url", scan.url())
                        .writeStringProperty("grade", verdict.grade())
                        .writeNumberProperty("score", verdict.score())
                        .writeName("results")
                        // A placeholder for the value, which is inserted without the generator.
                        .writeRawValue("")
                        .flush();
                resultsOffset = out.size();
                json.writeStringProperty("created_at", ApiTimestamps.format(scan.createdAt()))
                        .writeEndObject()
                        .writeEndObject();
            }
            byte[] all = out.toByteArray();
            return new JsonFrame(Arrays.copyOf(all, resultsOffset), Arrays.copyOfRange(all, resultsOffset, all.length));
        }
    }
}
