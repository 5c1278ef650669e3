package dev.websentry.server.scan;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.config.AddressPolicy;
import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.report.Report;
import dev.websentry.server.settings.ScanProperties;
import dev.websentry.server.settings.WebSentryProperties;
import java.time.Clock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Scans with the engine. It connects only to public addresses and to addresses that the settings allow. */
@Component
class EngineScanner implements SiteScanner, DisposableBean {
    private final Scanner scanner;
    private final ScanProperties settings;
    private final AddressPolicy policy;

    EngineScanner(WebSentryProperties settings, Clock clock) {
        this.settings = settings.scan();
        this.policy = AddressPolicy.publicAddressesAnd(this.settings.allow());
        this.scanner = new Scanner(clock);
        // Reads the configured files, so that a wrong file fails the start and not the first scan.
        options(policy);
    }

    @Override
    public Report scan(String id, Target target, ScanProgressListener progress) throws ScanException {
        return scanner.scan(
                target, options(new LoggingAddressPolicy("scan " + id + " of " + target.host(), policy)), progress);
    }

    private ScanOptions options(AddressPolicy addresses) {
        ScanOptions.Builder options = ScanOptions.builder()
                .timeout(settings.timeout())
                .dnsServers(settings.dnsServers())
                .resolve(settings.resolve())
                .dkimSelectors(settings.dkimSelectors())
                .addressPolicy(addresses);
        options.rootStore(settings.readRootStore());
        options.caCertificates(settings.readCaCertificates());
        options.trustAnchors(settings.readTrustAnchor());
        return options.build();
    }

    @Override
    public void destroy() {
        scanner.close();
    }
}
