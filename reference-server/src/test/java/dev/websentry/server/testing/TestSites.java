package dev.websentry.server.testing;

import dev.websentry.testsite.demo.DemoSite;
import dev.websentry.testsite.demo.LoopbackDns;
import dev.websentry.testsite.demo.LoopbackSite;
import dev.websentry.testsite.demo.WellConfiguredSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sites on loopback that every test server can scan under public names: {@link #GOOD} and {@link #BAD}. */
public final class TestSites {
    public static final String GOOD = "https://www.example.com/";
    public static final String BAD = "shop.example.org";

    private static final List<String> SETTINGS = start();

    private TestSites() {}

    /** Returns the settings that let a server scan the sites, which run until the JVM ends. */
    public static List<String> settings() {
        return SETTINGS;
    }

    private static List<String> start() {
        LoopbackSite good = WellConfiguredSite.start();
        LoopbackSite bad = DemoSite.start();
        LoopbackDns dns = LoopbackDns.start();
        return List.of(
                "--websentry.scan.allow=127.0.0.0/8",
                "--websentry.scan.resolve="
                        + String.join(
                                ",",
                                Stream.concat(good.resolve().stream(), bad.resolve().stream())
                                        .toList()),
                "--websentry.scan.dns-servers=" + dns.server(),
                "--websentry.scan.ca-certificates=" + file("roots.pem", good.rootPem() + bad.rootPem()),
                "--websentry.scan.trust-anchor=" + file("anchor.zone", dns.trustAnchor() + "\n"));
    }

    private static Path file(String name, String text) {
        try {
            Path file = Files.createTempDirectory("websentry-sites").resolve(name);
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
