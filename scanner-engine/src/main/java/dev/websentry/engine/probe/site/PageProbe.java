package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import dev.websentry.engine.probe.ProbeContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Sends the requests that depend on the final page. */
public final class PageProbe {
    private static final Pattern NONCE_PREFIX = Pattern.compile("'nonce-", Pattern.CASE_INSENSITIVE);

    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public PageProbe(ProbeContext context) {
        this.context = context;
    }

    /** Returns whether a response refuses the scan, for example a bot protection page. */
    public static boolean isRefused(HttpExchange answer) {
        return answer.response().flatMap(BotProtectionDetector::refusalReason).isPresent();
    }

    /**
     * Requests the page a second time if it uses a CSP nonce, which must differ in every response (CSP3, 7.1).
     *
     * @param page the final page
     * @return the second response; empty if the page uses no nonce
     */
    public Optional<HttpExchange> refetchForNonce(ResponsePage page) {
        boolean nonce = page.response().headers().all("Content-Security-Policy").stream()
                        .anyMatch(PageProbe::mentionsNonce)
                || (page.isHtml() && mentionsNonce(page.response().body().text()));
        return nonce
                ? Optional.of(context.httpFetcher()
                        .fetch(FetchRequest.page(page.exchange().url())))
                : Optional.empty();
    }

    /** Returns whether a text contains a nonce source; its prefix is case-insensitive (CSP3 section 2.3.1). */
    private static boolean mentionsNonce(String text) {
        return NONCE_PREFIX.matcher(text).find();
    }

    /**
     * Requests the directories of the page's own files.
     *
     * @param page the final page
     * @param site a URL of the requested host
     * @return the responses
     */
    public List<HttpExchange> requestDirectories(ResponsePage page, HttpUrl site) {
        return new LeakProbe(context).requestDirectories(DirectoryListingPaths.select(page, site));
    }
}
