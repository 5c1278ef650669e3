package dev.websentry.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.websentry.engine.output.SampleReports;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class IndentedJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void textOfEveryKindOfNodeIsThatOfTheMapper() throws Exception {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("int", -1)
                .put("long", 1L << 40)
                .put("double", 2.5)
                .put("small", 1e-7)
                .put("float", 0.1f)
                .put("true", true)
                .putNull("null");
        json.put("big", BigInteger.ONE.shiftLeft(80)).put("decimal", new BigDecimal("1.50"));
        json.put("text", "a\"\\/\b\t\n\u0001\u007f\u2028\u00e9\ud83d\ude00\ud83d <>&'");
        json.putObject("empty object");
        json.putArray("empty array");
        json.putArray("array")
                .add(1)
                .add("b")
                .add(JsonNodeFactory.instance.objectNode().put("c", 3))
                .addArray();
        assertWrittenAsByTheMapper(json);
    }

    @Test
    void textOfAReportIsThatOfTheMapper() throws Exception {
        assertWrittenAsByTheMapper(ReportJsonWriter.toJson(SampleReports.full()));
    }

    private static void assertWrittenAsByTheMapper(JsonNode json) throws Exception {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        assertEquals(MAPPER.writer(printer).writeValueAsString(json), IndentedJson.write(json));
    }
}
