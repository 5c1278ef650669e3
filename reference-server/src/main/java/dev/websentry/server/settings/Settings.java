package dev.websentry.server.settings;

import dev.websentry.engine.target.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that is ours to set; the port and the like are Spring Boot's own. Relaxed spelling applies, so that
 * {@code websentry.data-dir} is {@code WEBSENTRY_DATA_DIR} in the environment.
 *
 * @param dataDir directory of the SQLite database; made at start if it is missing
 * @param db the database; SQLite in data-dir unless a URL is set
 * @param signup whether strangers may make an account: open or closed
 * @param publicUrl where the server is reached from outside, such as https://sentry.example.com; needed behind a proxy that
 *     changes the Host header, and makes cookies https-only when it is https
 * @param trustedProxies address ranges (CIDR) of the reverse proxies whose X-Forwarded-For, -Proto and -Host count
 * @param scan how sites are scanned
 * @param monitors how scheduled scans are shared out
 */
@ConfigurationProperties(value = "websentry", ignoreUnknownFields = false)
public record Settings(
        @DefaultValue("./data") Path dataDir,
        @NestedConfigurationProperty @DefaultValue DatabaseSettings db,
        @DefaultValue("open") Signup signup,
        @Nullable URI publicUrl,
        @DefaultValue List<AddressRange> trustedProxies,
        @NestedConfigurationProperty @DefaultValue ScanSettings scan,
        @NestedConfigurationProperty @DefaultValue MonitorSettings monitors) {

    /** Whether strangers may make an account. */
    public enum Signup {
        OPEN,
        CLOSED
    }

    public Settings {
        trustedProxies = List.copyOf(trustedProxies);
        if (publicUrl != null) {
            requireOrigin(publicUrl);
        }
    }

    private static void requireOrigin(URI url) {
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        boolean bare = url.getRawPath() == null || url.getRawPath().isEmpty() || "/".equals(url.getRawPath());
        if (!web || url.getHost() == null || !bare || url.getRawQuery() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("websentry.public-url is '" + url
                    + "': expected a scheme and a host alone, such as https://sentry.example.com");
        }
    }
}
