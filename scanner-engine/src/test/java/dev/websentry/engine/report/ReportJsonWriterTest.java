package dev.websentry.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ReportJsonWriterTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The example response of the API documentation, with the one category that it shows in full. */
    private static final String DOCUMENTED = """
            {
              "ok": true,
              "scan": {
                "id": "e926f8e2d15bf967ea36e5481a888289",
                "url": "example.com",
                "grade": "B",
                "score": 76,
                "results": {
                  "url": "example.com",
                  "scannedAt": "2026-02-14T12:00:00.000Z",
                  "durationMs": 2340,
                  "grade": "B",
                  "score": 76,
                  "categories": {
                    "ssl": {
                      "name": "SSL / TLS",
                      "score": 25,
                      "maxScore": 30,
                      "grade": "A",
                      "checks": [
                        {
                          "name": "HTTPS Available",
                          "status": "pass",
                          "value": "Yes",
                          "description": "Site is accessible over HTTPS."
                        }
                      ]
                    }
                  }
                },
                "created_at": "2026-02-14T12:00:00"
              }
            }
            """;

    @Test
    void documentedExampleIsReadAndWrittenUnchanged() throws Exception {
        Report report = ReportJsonReader.read(DOCUMENTED);
        assertEquals(
                MAPPER.readTree(DOCUMENTED),
                MAPPER.readTree(ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(report))));
    }

    @Test
    void resultsTextIsTheResultsObjectOnOneLine() throws Exception {
        String results = ReportJsonWriter.resultsToString(ReportJsonReader.read(DOCUMENTED));
        assertEquals(MAPPER.readTree(DOCUMENTED).at("/scan/results"), MAPPER.readTree(results));
        assertEquals(1, results.lines().count());
    }

    @Test
    void missingCategoryIsIncompleteIfTheServiceDoesNotReportCompleteness() throws Exception {
        assertFalse(ReportJsonReader.read(DOCUMENTED).complete());
    }
}
