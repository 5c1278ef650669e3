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
import java.net.InetAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Scans with the engine, which dials public addresses and those that the settings open, and nothing else. */
@Component
class EngineScanner implements SiteScanner, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(EngineScanner.class);

    private final Scanner scanner;
    private final ScanSettings settings;
    private final AddressPolicy policy;

    EngineScanner(Settings settings, Clock clock) {
        this.settings = settings.scan();
        this.policy = AddressPolicy.publicAnd(this.settings.allow());
        this.scanner = new Scanner(clock);
        // Whatever is wrong with the files shows now and not in the first scan.
        options(policy);
    }

    @Override
    public Report scan(String id, Target target, Progress progress) throws ScanException {
        return scanner.scan(target, options(new LoggedPolicy(id, target, policy)), progress);
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

    /** Logs once for each address that a scan was kept from. */
    private record LoggedPolicy(String id, Target target, AddressPolicy policy, Set<InetAddress> logged)
            implements AddressPolicy {
        LoggedPolicy(String id, Target target, AddressPolicy policy) {
            this(id, target, policy, ConcurrentHashMap.newKeySet());
        }

        @Override
        public boolean allows(InetAddress address) {
            boolean allowed = policy.allows(address);
            if (!allowed && logged.add(address)) {
                LOG.warn(
                        "scan {} of {}: blocked the address {}, which is not public",
                        id,
                        target.host(),
                        address.getHostAddress());
            }
            return allowed;
        }
    }
}
