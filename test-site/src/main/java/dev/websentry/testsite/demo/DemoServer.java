package dev.websentry.testsite.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Serves {@link DemoSite} until it is stopped. */
public final class DemoServer {
    private DemoServer() {}

    /**
     * Starts the site and writes what a scan of it needs into a folder: {@code root.pem}, and {@code scan.properties}
     * last, whose appearance says that the site answers.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        try (LoopbackSite site = DemoSite.start()) {
            Path root = Files.writeString(folder.resolve("root.pem"), site.rootPem());
            List<String> lines = List.of(
                    "websentry.url=" + site.url(),
                    "websentry.resolve=" + String.join(",", site.resolve()),
                    "websentry.caCertificates=" + root,
                    "websentry.dnsServers=127.0.0.1:" + closedPort());
            Path begun = Files.write(folder.resolve("scan.properties.tmp"), lines);
            Files.move(begun, folder.resolve("scan.properties"), StandardCopyOption.REPLACE_EXISTING);
            Thread.currentThread().join();
        }
    }

    /** The demo has no DNS of its own, and asks nobody else's. */
    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
