package dev.websentry.engine.job;

/** The options of scans and grading. Each front end derives its own option names from {@link #key()}. */
public enum Option {
    URL("url"),
    URLS("urls"),
    FAIL_BELOW("failBelow"),
    MIN_SCORE("minScore"),
    CATEGORY_MINIMUMS("categoryMinimums"),
    FAIL_ON_INCOMPLETE("failOnIncomplete"),
    FAIL_ON_REGRESSION("failOnRegression"),
    BASELINE("baseline"),
    WAIVERS("waivers"),
    FAIL_ON_ERROR("failOnError"),
    OUTPUT_DIRECTORY("outputDirectory"),
    FORMATS("formats"),
    PARALLELISM("parallelism"),
    WAIT_SECONDS("waitSeconds"),
    TIMEOUT_SECONDS("timeoutSeconds"),
    CONNECT_TIMEOUT_SECONDS("connectTimeoutSeconds"),
    DNS_SERVERS("dnsServers"),
    RESOLVE("resolve"),
    ROOT_STORE("rootStore"),
    CA_CERTIFICATES("caCertificates"),
    TRUST_ANCHOR("trustAnchor"),
    ALLOW_PRIVATE_ADDRESSES("allowPrivateAddresses"),
    HEADERS("headers"),
    USER_AGENT("userAgent"),
    MAIL_DOMAIN("mailDomain"),
    DKIM_SELECTORS("dkimSelectors"),
    HTTP_PORT("httpPort"),
    PROBE_PATHS("probePaths"),
    CLIENT_KEY_STORE("clientKeyStore"),
    CLIENT_KEY_STORE_PASSWORD("clientKeyStorePassword"),
    /** User name and password for the site; set by {@link RawOptions#auth}. */
    AUTH("auth"),
    /** The proxies of the network; set by {@link RawOptions#proxies}. */
    PROXY("proxy"),
    SERVER("server"),
    API_KEY("apiKey"),
    RECORD("record"),
    OBSERVATIONS("observations"),
    SKIP("skip");

    private final String key;

    Option(String key) {
        this.key = key;
    }

    /** Returns the name of the option, such as {@code failBelow}. */
    public String key() {
        return key;
    }
}
