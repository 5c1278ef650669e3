package dev.websentry.engine.run;

import dev.websentry.engine.run.server.WebSentryServer;
import dev.websentry.engine.target.Proxies;
import dev.websentry.engine.target.ScanOptions;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The options of a server that scans, and those that do not go together with one. */
record ServerReader(OptionTexts texts) {
    /** They would change the scan, and the API takes none of them: left out silently, a wrong scan would be believed. */
    private static final List<Option> OF_LOCAL_SCANS = List.of(
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

    /** @param options of a scan, of which times and proxies count here as well */
    Optional<WebSentryServer> server(ScanOptions options) throws InvalidOptionException {
        Optional<HttpUrl> base = texts.one(Option.SERVER, WebSentryServer::base);
        Optional<String> key = texts.one(Option.API_KEY, WebSentryServer::key);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        for (Option option : OF_LOCAL_SCANS) {
            if (texts.isSet(option)) {
                throw texts.invalid(
                        option,
                        "has no effect on a scan that a server does: leave it out, or leave out "
                                + texts.spelled(Option.SERVER));
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
