package dev.websentry.engine.run;

import dev.websentry.engine.run.server.WebSentryServer;
import dev.websentry.engine.target.Proxies;
import dev.websentry.engine.target.ScanOptions;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Parses the options of a remote server and rejects options that a remote scan does not support. */
record ServerReader(OptionTexts texts) {
    /**
     * Options that the API does not support. Ignoring them silently would lead to scans that differ from what the user
     * set.
     */
    private static final List<Option> LOCAL_ONLY = List.of(
            Option.DNS_SERVERS,
            Option.RESOLVE,
            Option.CA_CERTIFICATES,
            Option.TRUST_ANCHOR,
            Option.CLIENT_KEY_STORE,
            Option.CLIENT_KEY_STORE_PASSWORD,
            Option.HEADERS,
            Option.AUTH,
            Option.USER_AGENT,
            Option.MAIL_DOMAIN,
            Option.DKIM_SELECTORS,
            Option.HTTP_PORT,
            Option.PROBE_PATHS,
            Option.RECORD);

    /**
     * Parses the options of the server.
     *
     * @param options the scan options, whose timeouts, user agent and proxies also apply to the server's API
     * @return the server; empty for a local scan
     * @throws InvalidOptionException if an option is invalid or has no effect on a remote scan
     */
    Optional<WebSentryServer> server(ScanOptions options) throws InvalidOptionException {
        Optional<HttpUrl> base = texts.one(Option.SERVER, WebSentryServer::base);
        Optional<String> key = texts.one(Option.API_KEY, WebSentryServer::key);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        for (Option option : LOCAL_ONLY) {
            if (texts.isSet(option)) {
                throw texts.invalid(
                        option, "has no effect on a remote scan; remove it, or remove " + texts.spelled(Option.SERVER));
            }
        }
        Proxies proxies = options.proxies();
        return Optional.of(new WebSentryServer(
                base.get(),
                key,
                texts.spelled(Option.API_KEY),
                options.timeout(),
                options.connectTimeout(),
                options.userAgent(),
                proxies));
    }
}
