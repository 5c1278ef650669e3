package dev.websentry.engine.job;

import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.remote.RemoteServer;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Parses the options of a remote server and rejects options that a remote scan does not support. */
record RemoteOptionsParser(RawOptions texts) {
    /**
     * Options that the API does not support. Ignoring them silently would lead to scans that differ from what the user
     * set.
     */
    private static final List<Option> LOCAL_ONLY = List.of(
            Option.DNS_SERVERS,
            Option.RESOLVE,
            Option.ALLOW_PRIVATE_ADDRESSES,
            Option.ROOT_STORE,
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
    Optional<RemoteServer> parse(ScanOptions options) throws InvalidOptionException {
        Optional<HttpUrl> base = texts.first(Option.SERVER, RemoteServer::baseUrl);
        Optional<String> key = texts.first(Option.API_KEY, RemoteServer::apiKey);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        for (Option option : LOCAL_ONLY) {
            if (texts.isSet(option)) {
                throw texts.invalid(
                        option,
                        "has no effect on a remote scan; remove it, or remove " + texts.displayName(Option.SERVER));
            }
        }
        ProxyConfiguration proxies = options.proxies();
        return Optional.of(new RemoteServer(
                base.get(),
                key,
                texts.displayName(Option.API_KEY),
                options.timeout(),
                options.connectTimeout(),
                options.userAgent(),
                proxies));
    }
}
