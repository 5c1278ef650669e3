package dev.websentry.maven;

import dev.websentry.engine.run.InvalidOptionException;
import dev.websentry.engine.run.Option;
import dev.websentry.engine.run.OptionTexts;
import dev.websentry.engine.run.ScanRequest;
import dev.websentry.engine.run.ScanRun;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Scans deployed sites, writes a report of each and fails the build when a grade is too low.
 *
 * <p>Works with a POM and without one.
 */
@Mojo(name = "scan", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class ScanMojo extends GatedMojo {
    /** What to scan: a domain or an http(s) URL, with port and path if need be. This or {@code urls} is required. */
    @Parameter(property = "websentry.url")
    private @Nullable String url;

    /** Several sites to scan side by side. */
    @Parameter(property = "websentry.urls")
    private @Nullable List<String> urls;

    /** Whether a scan that could not run fails the build, instead of being a warning. True unless set. */
    @Parameter(property = "websentry.failOnError")
    private @Nullable String failOnError;

    /** How many URLs are scanned at once, 1 to 64. 4 unless set. */
    @Parameter(property = "websentry.parallelism")
    private @Nullable String parallelism;

    /** How long to wait for a just-deployed URL to answer, in seconds, 0 to 3600. 0 unless set. */
    @Parameter(property = "websentry.waitSeconds")
    private @Nullable String waitSeconds;

    /** One scan's deadline in seconds, 1 to 3600. 60 unless set. */
    @Parameter(property = "websentry.timeoutSeconds")
    private @Nullable String timeoutSeconds;

    /** One connection's deadline in seconds, 1 to 3600. 5 unless set. */
    @Parameter(property = "websentry.connectTimeoutSeconds")
    private @Nullable String connectTimeoutSeconds;

    /** DNS servers, {@code host[:port]}, used for every lookup. The system's unless set. */
    @Parameter(property = "websentry.dnsServers")
    private @Nullable List<String> dnsServers;

    /**
     * Hosts that are dialled at a given address, as curl has it: {@code host:port:address}, with an optional {@code :port}
     * to dial. Scans a server before the DNS points to it.
     */
    @Parameter(property = "websentry.resolve")
    private @Nullable List<String> resolve;

    /** A PEM file of roots to trust beside the JDK's. */
    @Parameter(property = "websentry.caCertificates")
    private @Nullable File caCertificates;

    /** A file of DS or DNSKEY records of a private DNS root. The IANA root unless set. */
    @Parameter(property = "websentry.trustAnchor")
    private @Nullable File trustAnchor;

    /** Extra request headers, one a line, {@code Name: value}; sent to https on the target's own origin alone. */
    @Parameter(property = "websentry.headers")
    private @Nullable String headers;

    /** What requests call themselves. */
    @Parameter(property = "websentry.userAgent")
    private @Nullable String userAgent;

    /** The domain whose e-mail records are judged. The host's organisational domain unless set. */
    @Parameter(property = "websentry.mailDomain")
    private @Nullable String mailDomain;

    /** DKIM selectors to look up. Common ones are tried unless set. */
    @Parameter(property = "websentry.dkimSelectors")
    private @Nullable List<String> dkimSelectors;

    /** Where plain http is expected when the URL has a port of its own. */
    @Parameter(property = "websentry.httpPort")
    private @Nullable String httpPort;

    /** Whether well-known sensitive paths such as /.git/HEAD are asked for. True unless set. */
    @Parameter(property = "websentry.probePaths")
    private @Nullable String probePaths;

    /** A PKCS #12 or JKS key store with the one key and certificate to show where the site asks for a client certificate. */
    @Parameter(property = "websentry.clientKeyStore")
    private @Nullable File clientKeyStore;

    /**
     * The password of {@code clientKeyStore}. Rather leave it to {@code clientKeyStoreServerId} or to the environment
     * variable WEBSENTRY_CLIENT_KEY_STORE_PASSWORD, which nobody reads in a list of processes.
     */
    @Parameter(property = "websentry.clientKeyStorePassword")
    private @Nullable String clientKeyStorePassword;

    /** The id of the server in settings.xml whose password is that of {@code clientKeyStore}. */
    @Parameter(property = "websentry.clientKeyStoreServerId")
    private @Nullable String clientKeyStoreServerId;

    /**
     * The id of the server in settings.xml whose user name and password are sent as Basic credentials, to https on the
     * target's own origin alone.
     */
    @Parameter(property = "websentry.authServerId")
    private @Nullable String authServerId;

    /** A hosted or self-hosted WebSentry server, such as {@code https://websentry.dev}, that scans instead of this machine. */
    @Parameter(property = "websentry.server")
    private @Nullable String server;

    /** The id of the server in settings.xml whose password, or {@code apiKey} in its configuration, is the API key. */
    @Parameter(property = "websentry.serverId")
    private @Nullable String serverId;

    /**
     * The API key. Rather leave it to {@code serverId} or to the environment variable WEBSENTRY_API_KEY, which nobody reads
     * in a list of processes.
     */
    @Parameter(property = "websentry.apiKey")
    private @Nullable String apiKey;

    /** Where to record what was seen: a file, or for several URLs a folder. The goal grade judges it again. */
    @Parameter(property = "websentry.record")
    private @Nullable File record;

    @Parameter(defaultValue = "${settings}", readonly = true)
    private @Nullable Settings settings;

    private final SettingsDecrypter decrypter;

    @Inject
    public ScanMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    Verdict run(OptionTexts texts) throws InvalidOptionException, IOException, InterruptedException {
        ScanRequest request = ScanRequest.of(texts);
        return new Verdict(ScanRun.run(request, this::progress), request.failOnError(), getLog());
    }

    @Override
    OptionTexts add(OptionTexts texts) throws MojoExecutionException {
        UserSettings user = new UserSettings(settings == null ? new Settings() : settings, decrypter);
        Secrets secrets = new Secrets(user, System.getenv());
        return texts.set(Option.CLIENT_KEY_STORE, path(clientKeyStore))
                .setExactly(
                        Option.CLIENT_KEY_STORE_PASSWORD,
                        secrets.keyStorePassword(clientKeyStore, clientKeyStorePassword, clientKeyStoreServerId))
                .auth(secrets.auth(authServerId))
                .proxies(user.proxies())
                .set(Option.SERVER, server)
                .set(Option.API_KEY, secrets.apiKey(server, apiKey, serverId))
                .set(Option.URL, url)
                .set(Option.URLS, urls)
                .set(Option.FAIL_ON_ERROR, failOnError)
                .set(Option.PARALLELISM, parallelism)
                .set(Option.WAIT_SECONDS, waitSeconds)
                .set(Option.TIMEOUT_SECONDS, timeoutSeconds)
                .set(Option.CONNECT_TIMEOUT_SECONDS, connectTimeoutSeconds)
                .set(Option.DNS_SERVERS, dnsServers)
                .set(Option.RESOLVE, resolve)
                .set(Option.CA_CERTIFICATES, path(caCertificates))
                .set(Option.TRUST_ANCHOR, path(trustAnchor))
                .set(Option.HEADERS, headers)
                .set(Option.USER_AGENT, userAgent)
                .set(Option.MAIL_DOMAIN, mailDomain)
                .set(Option.DKIM_SELECTORS, dkimSelectors)
                .set(Option.HTTP_PORT, httpPort)
                .set(Option.PROBE_PATHS, probePaths)
                .set(Option.RECORD, path(record));
    }
}
