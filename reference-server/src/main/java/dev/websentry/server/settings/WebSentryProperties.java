package dev.websentry.server.settings;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.server.account.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings of the server except those of Spring Boot, such as the port. Relaxed binding applies:
 * {@code websentry.data-dir} is {@code WEBSENTRY_DATA_DIR} in the environment.
 *
 * @param dataDir Directory of the SQLite database. Created at startup if it does not exist.
 * @param db database connection; SQLite in the data directory is used if it has no URL
 * @param signup Whether users can create accounts: open or closed.
 * @param defaultPlan Plan of accounts that users create: free, pro or agency.
 * @param publicUrl Public URL of the server, such as https://sentry.example.com. Required behind a proxy that changes
 *     the Host header. With https, cookies are sent over https only.
 * @param trustedProxies Address ranges (CIDR) of the reverse proxies whose X-Forwarded-For, -Proto and -Host headers
 *     are trusted.
 * @param scan settings of scans
 * @param monitors settings of scheduled scans
 * @param encryption settings of the encryption of secrets in the database
 * @param audit settings of the audit log
 * @param mail settings of e-mails
 * @param retention settings of how long reports are kept
 */
@ConfigurationProperties(value = "websentry", ignoreUnknownFields = false)
public record WebSentryProperties(
        @DefaultValue("./data") Path dataDir,
        @NestedConfigurationProperty @DefaultValue DatabaseProperties db,
        @DefaultValue("open") SignupMode signup,
        @DefaultValue("free") Plan defaultPlan,
        @Nullable URI publicUrl,
        @DefaultValue List<AddressRange> trustedProxies,
        @NestedConfigurationProperty @DefaultValue ScanProperties scan,
        @NestedConfigurationProperty @DefaultValue MonitorProperties monitors,
        @NestedConfigurationProperty @DefaultValue EncryptionProperties encryption,
        @NestedConfigurationProperty @DefaultValue AuditProperties audit,
        @NestedConfigurationProperty @DefaultValue MailProperties mail,
        @NestedConfigurationProperty @DefaultValue RetentionProperties retention) {

    /** Whether users can create accounts. */
    public enum SignupMode {
        OPEN,
        CLOSED
    }

    public WebSentryProperties {
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
                    + "'; use a scheme and a host without path, such as https://sentry.example.com");
        }
    }
}
