package dev.websentry.testsite.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Serves {@link DemoSite}, or {@link ManySites}, until it is stopped. */
public final class DemoServer {
    private DemoServer() {}

    /**
     * Starts the site and its DNS and writes what a scan needs into a folder: {@code root.pem}, {@code trust-anchor}, and
     * {@code scan.properties} last, whose appearance says that all of it answers.
     *
     * @param arguments the folder; then, for many sites instead of the demo, how many
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        List<String> names = ManySites.names(many);
        try (LoopbackSite site = many == 0 ? DemoSite.start() : ManySites.start(many);
                LoopbackDns dns = LoopbackDns.start(names)) {
            Path anchor = Files.writeString(folder.resolve("trust-anchor"), dns.trustAnchor() + "\n");
            Path root = Files.writeString(folder.resolve("root.pem"), site.rootPem());
            List<String> lines = List.of(
                    many == 0 ? "websentry.url=" + site.url() : "websentry.urls=" + String.join(",", names),
                    "websentry.resolve=" + String.join(",", site.resolve()),
                    "websentry.caCertificates=" + root,
                    "websentry.trustAnchor=" + anchor,
                    "websentry.dnsServers=" + dns.server());
            Path begun = Files.write(folder.resolve("scan.properties.tmp"), lines);
            Files.move(begun, folder.resolve("scan.properties"), StandardCopyOption.REPLACE_EXISTING);
            Thread.currentThread().join();
        }
    }
}
