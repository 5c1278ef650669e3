package dev.websentry.benchmarks;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.ResolveOverride;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.config.DnssecTrustAnchors;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Observations and report of the demo site, which is scanned once before the measurements. Most checks have findings on
 * it.
 */
@State(Scope.Benchmark)
public class ScannedDemoSite {
    // JMH creates the state object before it calls the setup method.
    @SuppressWarnings("NullAway.Init")
    private ScanObservations observations;

    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Setup(Level.Trial)
    public void scan() throws ScanException {
        try (Scanner scanner = new Scanner();
                LoopbackSite site = DemoSite.start();
                LoopbackDns dns = LoopbackDns.start()) {
            ScanOptions options = ScanOptions.builder()
                    .dnsServers(List.of(HostAndPort.parse(dns.server(), 53)))
                    .trustAnchors(DnssecTrustAnchors.parse(List.of(dns.trustAnchor())))
                    .resolve(site.resolve().stream().map(ResolveOverride::parse).toList())
                    .build();
            Target target = Target.parse(site.url());
            observations = scanner.observe(target, options, new ScanProgressListener() {});
            report = scanner.scan(target, options, new ScanProgressListener() {});
        }
    }

    ScanObservations observations() {
        return observations;
    }

    Report report() {
        return report;
    }
}
