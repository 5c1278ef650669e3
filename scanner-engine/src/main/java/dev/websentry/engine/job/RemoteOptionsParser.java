package dev.websentry.engine.job;

import dev.websentry.engine.config.ProxyConfiguration;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.remote.RemoteServer;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Parses the options of a remote server and rejects options that a remote scan does not support. */
record RemoteOptionsParser(RawOptions texts) {
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
        // Ignoring these options silently would lead to scans that differ from what the user set.
        for (Option option : Option.values()) {
            if (option.isLocalOnly() && texts.isSet(option)) {
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
