package dev.websentry.maven;

import dev.websentry.testsite.ClosedPort;
import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A good and a bad site with a DNS server on the loopback interface, and the arguments for scanning them. */
record LoopbackSites(LoopbackSite good, LoopbackSite bad, LoopbackDns dns, Path shared) implements AutoCloseable {
    private static final ClosedPort CLOSED = ClosedPort.reserve();

    static LoopbackSites start(Path shared) throws IOException {
        LoopbackSites sites =
                new LoopbackSites(WellConfiguredSite.start(), DemoSite.start(), LoopbackDns.start(), shared);
        Files.writeString(shared.resolve("anchor"), sites.dns.trustAnchor());
        Files.writeString(shared.resolve("roots.pem"), sites.good.rootPem() + sites.bad.rootPem());
        return sites;
    }

    @Override
    public void close() {
        good.close();
        bad.close();
        dns.close();
    }

    /** Returns a port that refuses connections and datagrams, also while other tests start servers. */
    static int closedPort() {
        return CLOSED.port();
    }

    /** Adds the arguments for the addresses, root certificates and DNS server of both sites. */
    String[] with(String... arguments) {
        return with(dns.server(), arguments);
    }

    /** Adds the same arguments, but with a DNS server that does not respond. */
    String[] withoutDns(String... arguments) {
        return with("127.0.0.1:" + closedPort(), arguments);
    }

    private String[] with(String dnsServer, String[] arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        List<String> resolve = new ArrayList<>(good.resolve());
        resolve.addAll(bad.resolve());
        all.add("-Dwebsentry.resolve=" + String.join(",", resolve));
        all.add("-Dwebsentry.caCertificates=" + shared.resolve("roots.pem"));
        all.add("-Dwebsentry.trustAnchor=" + shared.resolve("anchor"));
        all.add("-Dwebsentry.dnsServers=" + dnsServer);
        return all.toArray(String[]::new);
    }
}
