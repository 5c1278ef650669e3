package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.SiteObservations.Page;
import dev.websentry.engine.probe.ProbeContext;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Sends the requests that depend on the final page. */
public final class PageFollowUp {
    private final ProbeContext context;

    /** Creates the probe of one scan. */
    public PageFollowUp(ProbeContext context) {
        this.context = context;
    }

    /** Returns whether a response refuses the scan, for example a bot protection page. */
    public static boolean isRefusal(Exchange answer) {
        return answer.response().flatMap(BotWall::refusal).isPresent();
    }

    /**
     * Requests the page a second time if it uses a CSP nonce, which must differ in every response (CSP3, 7.1).
     *
     * @param page the final page
     * @return the second response; empty if the page uses no nonce
     */
    public Optional<Exchange> again(Page page) {
        boolean nonce = page.response().headers().all("Content-Security-Policy").stream()
                        .anyMatch(policy -> policy.contains("'nonce-"))
                || (page.isHtml() && page.response().body().text().contains("'nonce-"));
        return nonce
                ? Optional.of(context.http().fetch(Fetch.page(page.exchange().url())))
                : Optional.empty();
    }

    /**
     * Requests the directories of the page's own files.
     *
     * @param page the final page
     * @param site a URL of the requested host
     * @return the responses
     */
    public List<Exchange> directories(Page page, HttpUrl site) {
        return new Leakage(context).directories(Directories.of(page, site));
    }
}
