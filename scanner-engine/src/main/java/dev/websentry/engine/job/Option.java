package dev.websentry.engine.job;

import static dev.websentry.engine.job.OptionGroup.JAVA_API;
import static dev.websentry.engine.job.OptionGroup.JENKINS_OPTIONS;
import static dev.websentry.engine.job.OptionGroup.JENKINS_STEP;
import static dev.websentry.engine.job.OptionGroup.MAVEN_GRADE;
import static dev.websentry.engine.job.OptionGroup.MAVEN_SCAN;
import static dev.websentry.engine.job.OptionSpec.credentials;
import static dev.websentry.engine.job.OptionSpec.file;
import static dev.websentry.engine.job.OptionSpec.flag;
import static dev.websentry.engine.job.OptionSpec.list;
import static dev.websentry.engine.job.OptionSpec.nameOrFile;
import static dev.websentry.engine.job.OptionSpec.number;
import static dev.websentry.engine.job.OptionSpec.object;
import static dev.websentry.engine.job.OptionSpec.text;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.gate.GateConditions;
import java.util.Arrays;
import java.util.List;

/**
 * The options of scans and grading: the only declaration of their names, types, ranges, defaults and help. The parsers
 * use it, tests compare the front ends with it, and the tables of the documentation and the help of Jenkins are
 * generated from it.
 */
public enum Option {
    URL(text("url", "The site to scan: a domain, or an http(s) URL with optional port and path")
            .more("This or `urls` is required.")
            .in(MAVEN_SCAN, JENKINS_STEP)),
    URLS(list("urls", "Several sites to scan concurrently")
            .more("This or `url` is required.")
            .jenkins("At most 1000 sites. The site with the worst result determines the result of the build.")
            .in(MAVEN_SCAN, JENKINS_STEP)),
    FAIL_BELOW(text("failBelow", "The lowest grade that passes the quality gate: A+, A, B, C, D or F")
            .unset(GateConditions.DEFAULT_FAIL_BELOW.label() + ", if neither `minScore` nor `failOnRegression` is set")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_STEP, JAVA_API)),
    UNSTABLE_BELOW(text("unstableBelow", "A grade below this one makes the build unstable")
            .jenkins("The build still fails below `failBelow`; without that setting, no grade fails the build.")
            .jenkins("Must be higher than `failBelow`.")
            .in(JENKINS_STEP)),
    FAIL_ON_REGRESSION(flag(
                    "failOnRegression",
                    GateConditions.DEFAULT_FAIL_ON_REGRESSION,
                    "Whether a score or check that is worse than in the baseline fails the quality gate")
            .more("Replaces the default grade.")
            .maven("Requires `baseline`.")
            .jenkins("The baseline of a URL is its report in the last build without a regression.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_STEP, JAVA_API)),
    BASELINE(file(
                    "baseline",
                    "The report.json of an earlier run, or for several results the directory with their reports")
            .in(MAVEN_SCAN, MAVEN_GRADE, JAVA_API)),
    FAIL_ON_INCOMPLETE(flag(
                    "failOnIncomplete",
                    GateConditions.DEFAULT_FAIL_ON_INCOMPLETE,
                    "Whether a scan that could not check everything fails the quality gate")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_STEP, JAVA_API)),
    FAIL_BUILD(flag("failBuild", true, "Whether a failed quality gate or a scan that could not run fails the build")
            .jenkins("If false, the console shows the reasons, and the step returns a map with `passed: false`, so that"
                    + " a script can decide. Invalid settings always fail the build.")
            .in(JENKINS_STEP)),
    WAIVERS(file("waivers", "A YAML or JSON file of accepted findings, each with a reason and a last day")
            .more("Waivers change the result of the quality gate, but not the score of the report.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_STEP, JAVA_API)),
    MIN_SCORE(number("minScore", 0, 100, "The lowest score that passes the quality gate")
            .more("Without `failBelow` it replaces the default grade.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_OPTIONS, JAVA_API)),
    CATEGORY_MINIMUMS(text(
                    "categoryMinimums",
                    "The minimum grades or percentages of single categories, such as `ssl=A,headers=80`")
            .more("The categories are ssl, headers, cookies, redirects, dns and server.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_OPTIONS, JAVA_API)),
    FAIL_ON_ERROR(flag(
                    "failOnError",
                    ScanRequest.DEFAULT_FAIL_ON_ERROR,
                    "Whether a scan that could not run fails the build; if false, it is a warning")
            .in(MAVEN_SCAN, JENKINS_OPTIONS)),
    OUTPUT_DIRECTORY(file("outputDirectory", "The directory of the report files")
            .maven("The default is `websentry` in the build directory, and without a POM `target/websentry` in the"
                    + " current directory.")
            .jenkins("The default is `websentry`; while another step uses it, `websentry-2` and so on. Two steps that"
                    + " run at the same time cannot set the same directory.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_OPTIONS)),
    FORMATS(list("formats", "The formats of the report files: json, html, sarif, markdown, badge and junit")
            .orElse(ReportFiles.DEFAULT_FORMAT_NAMES)
            .jenkins("The report page of the build does not need them.")
            .in(MAVEN_SCAN, MAVEN_GRADE, JENKINS_OPTIONS)),
    PARALLELISM(number("parallelism", 1, ScanRequest.MAX_PARALLELISM, "The number of concurrent scans")
            .orElse(ScanRequest.DEFAULT_PARALLELISM)
            .in(MAVEN_SCAN, JENKINS_OPTIONS)),
    WAIT_SECONDS(number(
                    "waitSeconds",
                    0,
                    ScanOptions.MAX_TIMEOUT_SECONDS,
                    "How long to wait for a new deployment that does not respond or responds with 5xx, in seconds")
            .orElse(ScanRequest.DEFAULT_WAIT_SECONDS)
            .in(MAVEN_SCAN, JENKINS_OPTIONS)),
    TIMEOUT_SECONDS(number("timeoutSeconds", 1, ScanOptions.MAX_TIMEOUT_SECONDS, "The timeout of a scan in seconds")
            .orElse(ScanOptions.DEFAULT_TIMEOUT_SECONDS)),
    CONNECT_TIMEOUT_SECONDS(number(
                    "connectTimeoutSeconds",
                    1,
                    ScanOptions.MAX_TIMEOUT_SECONDS,
                    "The timeout of a connection in seconds")
            .orElse(ScanOptions.DEFAULT_CONNECT_TIMEOUT_SECONDS)),
    DNS_SERVERS(list("dnsServers", "The DNS servers for all lookups, as `host[:port]`")
            .unset("those of the system")
            .onlyLocal()),
    RESOLVE(list(
                    "resolve",
                    "Addresses to connect to instead of those from DNS, in the format of curl: `host:port:address` with"
                            + " an optional `:port` to connect to")
            .more("Several entries set several addresses. Use it to scan a server before DNS points to it.")
            .onlyLocal()),
    ROOT_STORE(nameOrFile(
                    "rootStore",
                    "The root certificates to trust: `browsers` for the list of browsers, which is included, `jdk` for"
                            + " the trust store of the Java runtime, or a PEM file")
            .orElse(ScanOptions.DEFAULT_ROOT_STORE)
            .onlyLocal()),
    CA_CERTIFICATES(file("caCertificates", "A PEM file of root certificates to trust in addition to the root store")
            .onlyLocal()),
    TRUST_ANCHOR(file("trustAnchor", "A file with DS or DNSKEY records of a private DNS root")
            .unset("the IANA root")
            .onlyLocal()),
    ALLOW_PRIVATE_ADDRESSES(flag(
                    "allowPrivateAddresses",
                    ScanOptions.DEFAULT_ALLOW_PRIVATE_ADDRESSES,
                    "Whether a site with a public address may lead the scan to private addresses, for example by a"
                            + " redirect")
            .more("A site without a public address and the addresses of `resolve` need no permission.")
            .onlyLocal()),
    HEADERS(text("headers", "Additional request headers, one `Name: value` on each line")
            .more("They are sent only over https to the origin of the URL, and only if its certificate is trusted.")
            .jenkins("Everyone who can read the job sees them; use `headersCredentialsId` for secret values.")
            .onlyLocal()),
    HEADERS_CREDENTIALS_ID(credentials("headersCredentialsId", "Secret text credentials with additional `headers`")
            .jenkins("They are masked in recordings.")
            .in(JENKINS_OPTIONS)),
    AUTH(object("auth", "The user name and password for the site, which `RawOptions.auth` sets")
            .onlyLocal()),
    AUTH_SERVER_ID(credentials("authServerId", "The id of the server in settings.xml with a user name and password")
            .maven("They are sent as Basic credentials, only over https to the origin of the URL.")
            .in(MAVEN_SCAN)),
    AUTH_CREDENTIALS_ID(credentials("authCredentialsId", "Username with password credentials for the site")
            .jenkins("They are sent as Basic credentials, only over https to the origin of the URL.")
            .in(JENKINS_OPTIONS)),
    USER_AGENT(text("userAgent", "The User-Agent header of the requests")
            .orElse(ScanOptions.DEFAULT_USER_AGENT)
            .onlyLocal()),
    MAIL_DOMAIN(text("mailDomain", "The domain whose SPF, DMARC and DKIM records are checked")
            .unset("the organizational domain of the host")
            .onlyLocal()),
    DKIM_SELECTORS(list("dkimSelectors", "The DKIM selectors to look up")
            .unset("common selectors")
            .onlyLocal()),
    HTTP_PORT(number("httpPort", 1, 65535, "The port of plain http for a URL with an explicit port")
            .onlyLocal()),
    PROBE_PATHS(flag(
                    "probePaths",
                    ScanOptions.DEFAULT_PROBE_PATHS,
                    "Whether well-known sensitive paths such as `/.git/HEAD` are requested")
            .onlyLocal()),
    CLIENT_KEY_STORE(file(
                    "clientKeyStore",
                    "A PKCS #12 or JKS file with the only key and certificate, for sites that request a client"
                            + " certificate")
            .onlyLocal()),
    CLIENT_KEY_STORE_PASSWORD(text("clientKeyStorePassword", "The password of `clientKeyStore`")
            .maven("Prefer `clientKeyStoreServerId` or the environment variable WEBSENTRY_CLIENT_KEY_STORE_PASSWORD,"
                    + " which do not appear in a list of processes.")
            .in(MAVEN_SCAN, JAVA_API)
            .onlyLocal()),
    CLIENT_KEY_STORE_SERVER_ID(credentials(
                    "clientKeyStoreServerId",
                    "The id of the server in settings.xml that contains the password of `clientKeyStore`")
            .in(MAVEN_SCAN)),
    CLIENT_KEY_STORE_CREDENTIALS_ID(
            credentials("clientKeyStoreCredentialsId", "Secret text credentials with the password of `clientKeyStore`")
                    .in(JENKINS_OPTIONS)),
    /** The proxies of the network; set by {@link RawOptions#proxies}. */
    PROXY(object("proxy", "The proxies of the network, which `RawOptions.proxies` sets")),
    SERVER(text("server", "The WebSentry server that scans, such as `https://websentry.dev`")
            .maven("If it is not set, this machine scans.")
            .jenkins("If this is empty, the server of the global configuration scans, or the agent if there is none."
                    + " `none` always scans from the agent.")
            .in(MAVEN_SCAN, JENKINS_STEP)),
    API_KEY(text("apiKey", "The API key of the server")
            .maven("Prefer `serverId` or the environment variable WEBSENTRY_API_KEY, which do not appear in a list of"
                    + " processes.")
            .in(MAVEN_SCAN)),
    SERVER_ID(credentials(
                    "serverId",
                    "The id of the server in settings.xml that contains the API key, as password or as `apiKey` in its"
                            + " configuration")
            .in(MAVEN_SCAN)),
    CREDENTIALS_ID(credentials("credentialsId", "Secret text credentials with the API key of the server")
            .in(JENKINS_STEP)),
    RECORD(file("record", "The file for the recording of the scan, or a directory for several URLs")
            .maven("An existing directory also accepts a single URL. The goal `grade` grades recordings again.")
            .in(MAVEN_SCAN)
            .onlyLocal()),
    OBSERVATIONS(file(
                    "observations",
                    "A recording of a scan, or a directory of recordings whose names end in `.observations.json`")
            .more("Required.")
            .in(MAVEN_GRADE)),
    SKIP(flag("skip", false, "Skips the goal if true").in(MAVEN_SCAN, MAVEN_GRADE));

    /** Consists of records that copy their sets, which the checker does not see. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final OptionSpec spec;

    Option(OptionSpec spec) {
        this.spec = spec;
    }

    /** Returns the options of a group, in the order of the documentation. */
    public static List<Option> of(OptionGroup group) {
        return Arrays.stream(values())
                .filter(option -> option.spec.groups().contains(group))
                .toList();
    }

    /** Returns the name of the option, such as {@code failBelow}. */
    public String key() {
        return spec.key();
    }

    /** Returns the type, with range and default. */
    public OptionType type() {
        return spec.type();
    }

    /** Returns the help in a group: sentences of Markdown. */
    public String help(OptionGroup group) {
        return spec.help().text(spec.type(), group);
    }

    /** Returns the default value, or else what applies if the option is not set; empty for nothing. */
    public String shownDefault() {
        return type().defaultValue().isEmpty() ? spec.help().unset() : type().defaultValue();
    }

    /** Returns whether the API of a server does not support the option. */
    boolean isLocalOnly() {
        return spec.localOnly();
    }
}
