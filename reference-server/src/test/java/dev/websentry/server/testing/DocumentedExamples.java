package dev.websentry.server.testing;

import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example responses of the API documentation. */
public final class DocumentedExamples {
    private static final JsonNode EXAMPLES = read();

    private DocumentedExamples() {}

    private static JsonNode read() {
        try (var in = DocumentedExamples.class.getResourceAsStream("/documented-examples.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** @param call method and path, such as {@code POST /api/scan} */
    public static JsonNode response(String call) {
        JsonNode answer = EXAMPLES.get(call);
        if (answer == null) {
            throw new IllegalArgumentException("no documented example of " + call);
        }
        return answer;
    }

    /** Returns the documented report, for scanners that simulate a scan. */
    public static Report report() {
        try {
            return ReportJsonReader.read(response("GET /api/scan/:scanId/json").toString());
        } catch (ReportJsonReader.InvalidReportException e) {
            throw new IllegalStateException(e);
        }
    }
}
