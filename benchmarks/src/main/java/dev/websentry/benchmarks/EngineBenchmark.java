package dev.websentry.benchmarks;

import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.EvaluatedCheck;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonWriter;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.report.ScoreCalculator;
import dev.websentry.engine.syntax.csp.CspPolicy;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.spf.SpfResult;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the parts of a scan that do no network I/O. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(time = 2)
@Measurement(time = 2)
public class EngineBenchmark {
    private static final CheckCatalog CATALOG = CheckCatalog.standard();
    private static final String CSP = "default-src 'none'; script-src 'nonce-YWJjZGVmZ2g=' 'strict-dynamic' https:"
            + " 'unsafe-inline'; style-src 'self' https://fonts.example.com; img-src 'self' data: *.cdn.example.net;"
            + " connect-src 'self' wss://live.example.com; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final String SPF_RECORD = "v=spf1 include:a.example.net include:b.example.net ip4:192.0.2.0/24"
            + " ip6:2001:db8::/32 mx exists:%{i}._spf.example.com -all";

    /** Runs all checks and computes the score. */
    @Benchmark
    public ScoreCalculator.ScoringResult gradeSite(ScannedDemoSite site) {
        List<EvaluatedCheck> verdicts = CATALOG.evaluate(site.observations());
        return ScoreCalculator.calculate(verdicts);
    }

    /** Parses a CSP with eight directives. */
    @Benchmark
    public List<CspPolicy> parseCsp() {
        return CspPolicy.parseList(CSP);
    }

    /** Evaluates an SPF record that includes two others. */
    @Benchmark
    public SpfResult evaluateSpf() {
        return SpfEvaluator.evaluate("example.com", question -> {
            if (question.type() == DnsRecordType.TXT) {
                return question.name().equals("example.com")
                        ? DnsAnswer.records(SPF_RECORD)
                        : DnsAnswer.records("v=spf1 ip4:198.51.100.0/24 -all");
            }
            return question.type() == DnsRecordType.MX ? DnsAnswer.records("10 mx.example.com") : DnsAnswer.NO_DATA;
        });
    }

    /** Writes a report as JSON. */
    @Benchmark
    public String writeJson(ScannedDemoSite site) {
        return ReportJsonWriter.toPrettyString(ReportJsonWriter.toJson(site.report()));
    }

    /** Writes a report as JSON and reads it back. */
    @Benchmark
    public Report writeAndReadJson(ScannedDemoSite site) throws ReportJsonReader.InvalidReportException {
        return ReportJsonReader.read(writeJson(site));
    }
}
