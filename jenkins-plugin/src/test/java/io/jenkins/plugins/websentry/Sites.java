package io.jenkins.plugins.websentry;

import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A good site, a bad one and two that change, on loopback with their DNS, and the options that lead a scan to them. */
final class Sites implements AutoCloseable {
    /** A Jenkins and its agents on a busy machine are slow; a scan that ran out of time would be incomplete. */
    private static final int TIMEOUT = 300;

    private static final int CONNECT_TIMEOUT = 60;

    private final Path folder;
    final LoopbackDns dns = LoopbackDns.start(ChangingSites.NAMES);
    final LoopbackSite good = WellConfiguredSite.start();
    final LoopbackSite demo = DemoSite.start();
    final ChangingSites changing = new ChangingSites();

    Sites() throws IOException {
        folder = Files.createTempDirectory("websentry-sites");
        Files.writeString(folder.resolve("root.pem"), good.rootPem() + demo.rootPem() + changing.site.rootPem());
        Files.writeString(folder.resolve("anchor"), dns.trustAnchor());
    }

    AdvancedOptions options() {
        AdvancedOptions options = new AdvancedOptions();
        options.setResolve(resolve());
        options.setDnsServers(List.of(dns.server()));
        options.setCaCertificates(folder.resolve("root.pem").toString());
        options.setTrustAnchor(folder.resolve("anchor").toString());
        options.setTimeoutSeconds(TIMEOUT);
        options.setConnectTimeoutSeconds(CONNECT_TIMEOUT);
        return options;
    }

    /** The same in a script. */
    String optionsInGroovy() {
        return "options: [resolve: ["
                + resolve().stream().map(entry -> "'" + entry + "'").collect(Collectors.joining(", "))
                + "], dnsServers: ['" + dns.server() + "'], caCertificates: '" + folder.resolve("root.pem")
                + "', trustAnchor: '" + folder.resolve("anchor") + "', timeoutSeconds: " + TIMEOUT
                + ", connectTimeoutSeconds: " + CONNECT_TIMEOUT + "]";
    }

    WebSentryStep step(LoopbackSite site) {
        WebSentryStep step = new WebSentryStep(site.url());
        step.setOptions(options());
        return step;
    }

    private List<String> resolve() {
        List<String> all = new ArrayList<>(good.resolve());
        all.addAll(demo.resolve());
        all.addAll(changing.site.resolve());
        return all;
    }

    @Override
    public void close() {
        changing.site.close();
        demo.close();
        good.close();
        dns.close();
    }
}
