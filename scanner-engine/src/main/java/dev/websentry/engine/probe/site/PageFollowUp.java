package dev.websentry.engine.probe.site;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.SiteObservations.Page;
import dev.websentry.engine.probe.ProbeContext;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What is asked once the final page is known. */
public final class PageFollowUp {
    private final ProbeContext context;

    public PageFollowUp(ProbeContext context) {
        this.context = context;
    }

    /** Whether an answer turns the scanner away. */
    public static boolean isRefusal(Exchange answer) {
        return answer.response().flatMap(BotWall::refusal).isPresent();
    }

    /** The page a second time, where a nonce is to be compared: it must be new on every answer (CSP3, 7.1). */
    public Optional<Exchange> again(Page page) {
        boolean nonce = page.response().headers().all("Content-Security-Policy").stream()
                        .anyMatch(policy -> policy.contains("'nonce-"))
                || (page.isHtml() && page.response().body().text().contains("'nonce-"));
        return nonce
                ? Optional.of(context.http().fetch(Fetch.page(page.exchange().url())))
                : Optional.empty();
    }

    /** Answers for the directories of the page's own files. */
    public List<Exchange> directories(Page page, HttpUrl site) {
        return new Leakage(context).directories(Directories.of(page, site));
    }
}
