package dev.websentry.server.scan;

import dev.websentry.engine.Progress;
import dev.websentry.engine.Scanner;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.target.AddressPolicy;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import dev.websentry.server.settings.ScanSettings;
import dev.websentry.server.settings.Settings;
import java.time.Clock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Scans with the engine. It connects only to public addresses and to addresses that the settings allow. */
@Component
class EngineScanner implements SiteScanner, DisposableBean {
    private final Scanner scanner;
    private final ScanSettings settings;
    private final AddressPolicy policy;

    EngineScanner(Settings settings, Clock clock) {
        this.settings = settings.scan();
        this.policy = AddressPolicy.publicAnd(this.settings.allow());
        this.scanner = new Scanner(clock);
        // Reads the configured files, so that a wrong file fails the start and not the first scan.
        options(policy);
    }

    @Override
    public Report scan(String id, Target target, Progress progress) throws ScanException {
        return scanner.scan(target, options(new LoggedPolicy("scan " + id + " of " + target.host(), policy)), progress);
    }

    private ScanOptions options(AddressPolicy addresses) {
        ScanOptions.Builder options = ScanOptions.builder()
                .timeout(settings.timeout())
                .dnsServers(settings.dnsServers())
                .resolve(settings.resolve())
                .dkimSelectors(settings.dkimSelectors())
                .addressPolicy(addresses);
        options.caCertificates(settings.roots());
        options.trustAnchors(settings.anchors());
        return options.build();
    }

    @Override
    public void destroy() {
        scanner.close();
    }
}
