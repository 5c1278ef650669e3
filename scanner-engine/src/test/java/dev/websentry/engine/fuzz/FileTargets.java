package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.websentry.engine.gate.Gate;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.gate.WaiverFile;
import dev.websentry.engine.output.Format;
import dev.websentry.engine.output.SampleReports;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJson;
import dev.websentry.engine.report.ReportReader;
import dev.websentry.engine.run.InvalidOptionException;
import dev.websentry.engine.run.Option;
import dev.websentry.engine.run.OptionTexts;
import dev.websentry.engine.run.ScanRequest;
import dev.websentry.engine.target.AddressRange;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.ResolveOverride;
import dev.websentry.engine.target.Target;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;

/** Fuzz targets for files and options that users write. */
final class FileTargets {
    /** Options whose values are file names; the contents of the files have separate targets. */
    private static final Set<Option> FILES =
            Set.of(Option.BASELINE, Option.WAIVERS, Option.CA_CERTIFICATES, Option.TRUST_ANCHOR, Option.SKIP);

    private static final GateConditions NO_WORSE =
            new GateConditions(Optional.empty(), OptionalInt.empty(), List.of(), true, true);

    private static final ObjectMapper JSON = new ObjectMapper();

    private FileTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofText(
                        "waivers",
                        64 << 10,
                        List.of(
                                "waivers:\n  - check: headers.csp\n    host: shop.example.com\n    reason: SHOP-112\n    until: 2027-03-31\n",
                                "[{\"check\": \"dns.spf\", \"reason\": \"x\", \"until\": \"2027-01-01\"}]"),
                        FuzzTarget.words("- : & * [ { ] } \n | > ! ? # --- \" until: 2027-01-01 &a *a << "),
                        FileTargets::waivers),
                FuzzTarget.ofText(
                        "report",
                        256 << 10,
                        List.of(ReportJson.text(ReportJson.answer(SampleReports.full()))),
                        FuzzTarget.words("{ } [ ] null 1e999 -1 1.5 \"\" \"points\": 99999999999 true : ,"),
                        FileTargets::report),
                FuzzTarget.ofText(
                        "target",
                        3_000,
                        List.of(
                                "https://www.example.com:8443/a?b=c",
                                "[2001:db8::1]:443",
                                "http://192.0.2.7",
                                "b\u00fccher.example"),
                        FuzzTarget.words(": / @ [ ] . % ? # \\ http:// xn-- 999 0x 65536 \u3002 \u00df"),
                        FileTargets::target),
                FuzzTarget.ofText(
                        "addresses",
                        3_000,
                        List.of("10.0.0.0/8", "[2001:db8::53]:5353", "www.example.com:443:192.0.2.7:8443", "fd00::/8"),
                        FuzzTarget.words(": / [ ] . :: 255 256 99999 %eth0 0x7f"),
                        FileTargets::addresses),
                FuzzTarget.ofText(
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
                        FileTargets::options));
    }

    private static void waivers(String text) {
        try {
            List<Waiver> waivers = WaiverFile.parse(text);
            StringBuilder printed = new StringBuilder("waivers:\n");
            for (Waiver waiver : waivers) {
                printed.append("  - {check: ").append(quoted(waiver.checkId()));
                waiver.host().ifPresent(host -> printed.append(", host: ").append(quoted(host)));
                printed.append(", reason: ").append(quoted(waiver.reason()));
                printed.append(", until: ")
                        .append(quoted(waiver.until().toString()))
                        .append("}\n");
            }
            assertEquals(waivers, WaiverFile.parse(waivers.isEmpty() ? "" : printed.toString()), printed.toString());
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
            report = ReportReader.read(text);
        } catch (ReportReader.NotAReport e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
            return;
        }
        String written = ReportJson.text(ReportJson.answer(report));
        Report again = ReportReader.read(written);
        assertEquals(written, ReportJson.text(ReportJson.answer(again)));
        compareAndWrite(report);
    }

    /** Uses the report as the baseline of another scan, and writes it in every format. */
    private static void compareAndWrite(Report report) throws Exception {
        Report other = SampleReports.full();
        assertFalse(Gate.judge(other, NO_WORSE, List.of(), Optional.of(report))
                .reasons()
                .contains(""));
        GateResult gate = Gate.judge(report, NO_WORSE, List.of(), Optional.of(other));
        for (Format format : Format.values()) {
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
        if (url.length() > Target.MAX_LENGTH) {
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
            OptionTexts texts = new OptionTexts(Option::key)
                    .set(Option.URL, "www.example.com")
                    .set(Option.OUTPUT_DIRECTORY, "target/reports")
                    .set(option, new ArrayList<>(List.of(text)));
            try {
                ScanRequest.of(texts);
            } catch (InvalidOptionException e) {
                assertTrue(String.valueOf(e.getMessage()).contains(option.key()), e.getMessage());
            }
        }
    }
}
