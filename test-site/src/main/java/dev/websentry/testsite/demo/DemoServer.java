package dev.websentry.testsite.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Command-line program that serves {@link DemoSite} or {@link NumberedSites} until it is terminated. */
public final class DemoServer {
    private DemoServer() {}

    /**
     * Starts the site and its DNS server, and writes the files that a scan needs into a folder: {@code root.pem},
     * {@code trust-anchor} and {@code scan.properties}. The last one is written when all servers are ready.
     *
     * @param arguments the folder; optionally the number of sites to serve instead of the demo site
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int siteCount = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        List<String> names = NumberedSites.names(siteCount);
        try (LoopbackSite site = siteCount == 0 ? DemoSite.start() : NumberedSites.start(siteCount);
                LoopbackDns dns = LoopbackDns.start(names)) {
            Path anchor = Files.writeString(folder.resolve("trust-anchor"), dns.trustAnchor() + "\n");
            Path root = Files.writeString(folder.resolve("root.pem"), site.rootPem());
            List<String> lines = List.of(
                    siteCount == 0 ? "websentry.url=" + site.url() : "websentry.urls=" + String.join(",", names),
                    "websentry.resolve=" + String.join(",", site.resolve()),
                    "websentry.caCertificates=" + root,
                    "websentry.trustAnchor=" + anchor,
                    "websentry.dnsServers=" + dns.server());
            Path temporary = Files.write(folder.resolve("scan.properties.tmp"), lines);
            Files.move(temporary, folder.resolve("scan.properties"), StandardCopyOption.REPLACE_EXISTING);
            Thread.currentThread().join();
        }
    }
}
