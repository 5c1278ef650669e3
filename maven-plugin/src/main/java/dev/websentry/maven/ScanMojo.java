package dev.websentry.maven;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
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
 * Scans deployed sites, writes a report of each and fails the build if a grade is too low. An execution that several
 * modules inherit scans once for each build; the other modules get copies of the reports.
 *
 * <p>Works with and without a POM.
 */
@Mojo(name = "scan", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class ScanMojo extends QualityGateMojo {
    /** The site to scan: a domain, or an http(s) URL with optional port and path. This or {@code urls} is required. */
    @Parameter(property = "websentry.url")
    private @Nullable String url;

    /** Several sites to scan concurrently. This or {@code url} is required. */
    @Parameter(property = "websentry.urls")
    private @Nullable List<String> urls;

    /** Whether a scan that could not run fails the build; if false, it is a warning. */
    @Parameter(property = "websentry.failOnError", defaultValue = "" + ScanRequest.DEFAULT_FAIL_ON_ERROR)
    private @Nullable String failOnError;

    /** The number of concurrent scans, 1 to 64. */
    @Parameter(property = "websentry.parallelism", defaultValue = "" + ScanRequest.DEFAULT_PARALLELISM)
    private @Nullable String parallelism;

    /** How long to wait for a new deployment that does not respond or responds with 5xx, in seconds, 0 to 3600. */
    @Parameter(property = "websentry.waitSeconds", defaultValue = "" + ScanRequest.DEFAULT_WAIT_SECONDS)
    private @Nullable String waitSeconds;

    /** The timeout of a scan in seconds, 1 to 3600. */
    @Parameter(property = "websentry.timeoutSeconds", defaultValue = "" + ScanOptions.DEFAULT_TIMEOUT_SECONDS)
    private @Nullable String timeoutSeconds;

    /** The timeout of a connection in seconds, 1 to 3600. */
    @Parameter(
            property = "websentry.connectTimeoutSeconds",
            defaultValue = "" + ScanOptions.DEFAULT_CONNECT_TIMEOUT_SECONDS)
    private @Nullable String connectTimeoutSeconds;

    /** The DNS servers for all lookups, as {@code host[:port]}. Default: those of the system. */
    @Parameter(property = "websentry.dnsServers")
    private @Nullable List<String> dnsServers;

    /**
     * Addresses to connect to instead of those from DNS, in the format of curl: {@code host:port:address} with an
     * optional {@code :port} to connect to. Several entries set several addresses. Use it to scan a server before DNS
     * points to it.
     */
    @Parameter(property = "websentry.resolve")
    private @Nullable List<String> resolve;

    /**
     * Whether a site with a public address may lead the scan to private addresses, for example by a redirect. A site
     * without a public address and the addresses of {@code resolve} need no permission.
     */
    @Parameter(
            property = "websentry.allowPrivateAddresses",
            defaultValue = "" + ScanOptions.DEFAULT_ALLOW_PRIVATE_ADDRESSES)
    private @Nullable String allowPrivateAddresses;

    /**
     * The root certificates to trust: {@code browsers} for the list of browsers, which is included, {@code jdk} for the
     * trust store of the Java runtime, or a PEM file.
     */
    @Parameter(property = "websentry.rootStore", defaultValue = ScanOptions.DEFAULT_ROOT_STORE)
    private @Nullable String rootStore;

    /** A PEM file of root certificates to trust in addition to the root store. */
    @Parameter(property = "websentry.caCertificates")
    private @Nullable File caCertificates;

    /** A file with DS or DNSKEY records of a private DNS root. Default: the IANA root. */
    @Parameter(property = "websentry.trustAnchor")
    private @Nullable File trustAnchor;

    /**
     * Additional request headers, one {@code Name: value} on each line. They are sent only over https to the origin of
     * the URL, and only if its certificate is trusted.
     */
    @Parameter(property = "websentry.headers")
    private @Nullable String headers;

    /** The User-Agent header of the requests. */
    @Parameter(property = "websentry.userAgent", defaultValue = ScanOptions.DEFAULT_USER_AGENT)
    private @Nullable String userAgent;

    /** The domain whose SPF, DMARC and DKIM records are checked. Default: the organizational domain of the host. */
    @Parameter(property = "websentry.mailDomain")
    private @Nullable String mailDomain;

    /** The DKIM selectors to look up. Default: common selectors. */
    @Parameter(property = "websentry.dkimSelectors")
    private @Nullable List<String> dkimSelectors;

    /** The port of plain http for a URL with an explicit port, 1 to 65535. */
    @Parameter(property = "websentry.httpPort")
    private @Nullable String httpPort;

    /** Whether well-known sensitive paths such as {@code /.git/HEAD} are requested. */
    @Parameter(property = "websentry.probePaths", defaultValue = "" + ScanOptions.DEFAULT_PROBE_PATHS)
    private @Nullable String probePaths;

    /** A PKCS #12 or JKS file with the only key and certificate, for sites that request a client certificate. */
    @Parameter(property = "websentry.clientKeyStore")
    private @Nullable File clientKeyStore;

    /**
     * The password of {@code clientKeyStore}. Prefer {@code clientKeyStoreServerId} or the environment variable
     * WEBSENTRY_CLIENT_KEY_STORE_PASSWORD, which do not appear in a list of processes.
     */
    @Parameter(property = "websentry.clientKeyStorePassword")
    private @Nullable String clientKeyStorePassword;

    /** The id of the server in settings.xml that contains the password of {@code clientKeyStore}. */
    @Parameter(property = "websentry.clientKeyStoreServerId")
    private @Nullable String clientKeyStoreServerId;

    /**
     * The id of the server in settings.xml with a user name and password. They are sent as Basic credentials, only over
     * https to the origin of the URL.
     */
    @Parameter(property = "websentry.authServerId")
    private @Nullable String authServerId;

    /** The WebSentry server that scans, such as {@code https://websentry.dev}. If it is not set, this machine scans. */
    @Parameter(property = "websentry.server")
    private @Nullable String server;

    /**
     * The id of the server in settings.xml that contains the API key, as password or as {@code apiKey} in its
     * configuration.
     */
    @Parameter(property = "websentry.serverId")
    private @Nullable String serverId;

    /**
     * The API key of the server. Prefer {@code serverId} or the environment variable WEBSENTRY_API_KEY, which do not
     * appear in a list of processes.
     */
    @Parameter(property = "websentry.apiKey")
    private @Nullable String apiKey;

    /**
     * The file for the recording of the scan, or a directory for several URLs. An existing directory also accepts a
     * single URL. The goal {@code grade} grades recordings again.
     */
    @Parameter(property = "websentry.record")
    private @Nullable File record;

    @Parameter(defaultValue = "${settings}", readonly = true)
    private @Nullable Settings settings;

    private final SettingsDecrypter decrypter;

    /** Creates the goal; called by Maven. */
    @Inject
    public ScanMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    BuildOutcome runGoal(RawOptions texts) throws InvalidOptionException, IOException, InterruptedException {
        ScanRequest request = ScanRequest.parse(texts);
        SessionScans.SessionResult scanned =
                SessionScans.of(sessionKey()).run(texts.settings(), () -> ScanJob.run(request, this::progress));
        JobResult result = scanned.result();
        if (scanned.reused()) {
            getLog().info("Not scanned again: another module of this build scanned with the same settings");
            result = request.files().copy(result);
        }
        return new BuildOutcome(result, request.failOnError(), getLog());
    }

    @Override
    RawOptions addOptions(RawOptions texts) throws MojoExecutionException {
        MavenSettings user = new MavenSettings(settings == null ? new Settings() : settings, decrypter);
        SecretResolver secrets = new SecretResolver(user, System.getenv());
        return texts.set(Option.CLIENT_KEY_STORE, path(clientKeyStore))
                .setVerbatim(
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
                .set(Option.ALLOW_PRIVATE_ADDRESSES, allowPrivateAddresses)
                .set(Option.ROOT_STORE, rootStore)
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
