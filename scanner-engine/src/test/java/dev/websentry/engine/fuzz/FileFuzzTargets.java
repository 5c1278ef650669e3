package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.websentry.engine.config.AddressRange;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.gate.WaiverFileParser;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.SampleReports;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.report.ReportJsonWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;

/** Fuzz targets for files and options that users write. */
final class FileFuzzTargets {
    /** Options whose values are file names; the contents of the files have separate targets. */
    private static final Set<Option> FILES = Set.of(
            Option.BASELINE,
            Option.WAIVERS,
            Option.ROOT_STORE,
            Option.CA_CERTIFICATES,
            Option.TRUST_ANCHOR,
            Option.SKIP);

    private static final GateConditions NO_WORSE =
            new GateConditions(Optional.empty(), OptionalInt.empty(), List.of(), true, true);

    private static final ObjectMapper JSON = new ObjectMapper();

    private FileFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofUtf8(
                        "waivers",
                        64 << 10,
                        List.of(
                                "waivers:\n  - check: headers.csp\n    host: shop.example.com\n    reason: SHOP-112\n    until: 2027-03-31\n",
                                "[{\"check\": \"dns.spf\", \"reason\": \"x\", \"until\": \"2027-01-01\"}]"),
                        FuzzTarget.words("- : & * [ { ] } \n | > ! ? # --- \" until: 2027-01-01 &a *a << "),
                        FileFuzzTargets::waivers),
                FuzzTarget.ofUtf8(
                        "report",
                        256 << 10,
                        List.of(ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(SampleReports.full()))),
                        FuzzTarget.words("{ } [ ] null 1e999 -1 1.5 \"\" \"points\": 99999999999 true : ,"),
                        FileFuzzTargets::report),
                FuzzTarget.ofUtf8(
                        "target",
                        3_000,
                        List.of(
                                "https://www.example.com:8443/a?b=c",
                                "[2001:db8::1]:443",
                                "http://192.0.2.7",
                                "b\u00fccher.example"),
                        FuzzTarget.words(": / @ [ ] . % ? # \\ http:// xn-- 999 0x 65536 \u3002 \u00df"),
                        FileFuzzTargets::target),
                FuzzTarget.ofUtf8(
                        "addresses",
                        3_000,
                        List.of("10.0.0.0/8", "[2001:db8::53]:5353", "www.example.com:443:192.0.2.7:8443", "fd00::/8"),
                        FuzzTarget.words(": / [ ] . :: 255 256 99999 %eth0 0x7f"),
                        FileFuzzTargets::addresses),
                FuzzTarget.ofUtf8(
                        "options",
                        5_000,
                        List.of(
                                "A+",
                                "true",
                                "80",
                                "ssl=A,headers=80%",
                                "html",
                                "X-A: b",
                                "192.0.2.53",
                                "mail2026",
                                "example.com"),
                        FuzzTarget.words("= , % : -1 99999999999 A+ , \n falsch"),
                        FileFuzzTargets::options));
    }

    private static void waivers(String text) {
        try {
            List<Waiver> waivers = WaiverFileParser.parse(text);
            StringBuilder printed = new StringBuilder("waivers:\n");
            for (Waiver waiver : waivers) {
                printed.append("  - {check: ").append(quoted(waiver.checkId()));
                if (!waiver.hosts().isEmpty()) {
                    printed.append(", host: ")
                            .append(waiver.hosts().stream()
                                    .map(FileFuzzTargets::quoted)
                                    .collect(Collectors.joining(", ", "[", "]")));
                }
                printed.append(", reason: ").append(quoted(waiver.reason()));
                printed.append(", until: ")
                        .append(quoted(waiver.until().toString()))
                        .append("}\n");
            }
            assertEquals(
                    waivers, WaiverFileParser.parse(waivers.isEmpty() ? "" : printed.toString()), printed.toString());
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }

    private static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    private static void report(String text) throws Exception {
        Report report;
        try {
            report = ReportJsonReader.read(text);
        } catch (ReportJsonReader.InvalidReportException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
            return;
        }
        String written = ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(report));
        Report again = ReportJsonReader.read(written);
        assertEquals(written, ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(again)));
        compareAndWrite(report);
    }

    /** Uses the report as the baseline of another scan, and writes it in every format. */
    private static void compareAndWrite(Report report) throws Exception {
        Report other = SampleReports.full();
        assertFalse(QualityGate.evaluate(other, NO_WORSE, List.of(), Optional.of(report))
                .reasons()
                .contains(""));
        GateResult gate = QualityGate.evaluate(report, NO_WORSE, List.of(), Optional.of(other));
        for (ReportFormat format : ReportFormat.values()) {
            byte[] file = format.write(report, gate).getBytes(StandardCharsets.UTF_8);
            switch (format) {
                case JSON, SARIF -> JSON.readTree(file);
                case BADGE, JUNIT ->
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(file));
                case HTML, MARKDOWN -> assertTrue(file.length > 0);
            }
        }
    }

    private static void target(String text) {
        Target target;
        try {
            target = Target.parse(text);
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
            return;
        }
        assertEquals(target.host().ascii(), target.url("https", 443).host());
        String url = target.url("https", target.httpsPort()).toString();
        if (url.length() > Target.MAX_INPUT_LENGTH) {
            // Percent-encoding made the URL longer than the maximum length.
            return;
        }
        Target again = Target.parse(url);
        assertEquals(target.host(), again.host());
        assertEquals(target.pathAndQuery(), again.pathAndQuery());
        assertTrue(target.pathAndQuery().startsWith("/"));
    }

    private static void addresses(String text) {
        List<Function<String, Object>> parsers =
                List.of(AddressRange::parse, ResolveOverride::parse, input -> HostAndPort.parse(input, 53));
        for (Function<String, Object> parser : parsers) {
            try {
                Object value = parser.apply(text);
                if (value instanceof HostAndPort place) {
                    assertEquals(place, HostAndPort.parse(place.toString(), 53));
                }
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("expected"), e.getMessage());
            }
        }
    }

    private static void options(String text) {
        for (Option option : Option.values()) {
            if (FILES.contains(option)) {
                continue;
            }
            RawOptions texts = new RawOptions(Option::key)
                    .set(Option.URL, "www.example.com")
                    .set(Option.OUTPUT_DIRECTORY, "target/reports")
                    .set(option, new ArrayList<>(List.of(text)));
            try {
                ScanRequest.parse(texts);
            } catch (InvalidOptionException e) {
                assertTrue(String.valueOf(e.getMessage()).contains(option.key()), e.getMessage());
            }
        }
    }
}
