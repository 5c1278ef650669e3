package dev.websentry.engine.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that {@code docs/report.schema.json} accepts the written reports and rejects other content. */
class ReportSchemaTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            String text = Files.readString(Path.of("..", "docs", "report.schema.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Report report) {
        return ReportFormat.JSON.write(report, QualityGate.evaluate(report, GateConditions.defaults()));
    }

    static Stream<Report> reports() {
        return Stream.of(
                SampleReports.full(),
                SampleReports.clean(),
                SampleReports.withoutDns(),
                SampleReports.incomplete(),
                SampleReports.hostile());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyReportIsValid(Report report) {
        List<Error> errors = SCHEMA.validate(json(report), InputFormat.JSON);
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "grade" : "N/A"         | "grade" : "A"
            "maxScore" : 0          | "maxScore" : 10
            "status" : "pass"       | "status" : "good"
            "outcome" : "PASS",     |
            "rawScore" : 100,       |
            "created_at"            | "createdAt"
            "points" : 30           | "points" : 0.3
            "complete" : true       | "complete" : "yes"
            """)
    void reportWithWrongFieldOrValueIsInvalid(String right, String wrong) {
        String report = json(SampleReports.withoutDns());
        String changed = report.replace(right, wrong == null ? "" : wrong);
        assertFalse(changed.equals(report), "the sample has no " + right);
        assertFalse(SCHEMA.validate(changed, InputFormat.JSON).isEmpty());
    }

    @Test
    void uncheckedValueWithoutPrefixIsInvalid() {
        String changed = json(SampleReports.incomplete()).replace("Not checked: ", "");
        assertFalse(SCHEMA.validate(changed, InputFormat.JSON).isEmpty());
    }
}
