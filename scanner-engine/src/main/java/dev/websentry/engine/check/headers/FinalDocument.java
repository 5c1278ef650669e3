package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.BodyText;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.Page;
import dev.websentry.engine.observe.UnknownObservation;
import java.util.List;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;

/** The page that the headers of a site are judged by. */
record FinalDocument(HttpUrl url, Response response, boolean isHtml) {
    private static final BodyText NOTHING = BodyText.of("");

    /** @throws UnknownObservation when there is no final page: a redirect's headers say nothing of the site */
    static FinalDocument of(Observations seen) {
        Page page = seen.site().page().value();
        int status = page.response().status();
        if (status >= 300 && status < 400) {
            throw new UnknownObservation("the redirects did not end on a page but on status " + status);
        }
        return new FinalDocument(page.exchange().url(), page.response(), page.isHtml());
    }

    /** The body as a browser would read it; empty when the page is no HTML. */
    Document html() {
        return (isHtml ? response.body() : NOTHING).html();
    }

    /** Judges a control that exists for documents alone. */
    static Verdict judge(Observations seen, Function<FinalDocument, Verdict> rule) {
        FinalDocument document = of(seen);
        return document.isHtml()
                ? document.qualified(rule.apply(document))
                : Verdict.notApplicable("The final response is not an HTML document ("
                        + document.headers()
                                .first("Content-Type")
                                .map(Quote::of)
                                .orElse("no Content-Type") + ").");
    }

    Headers headers() {
        return response.headers();
    }

    /** Says on what the verdict stands where that is not an ordinary, whole page. */
    Verdict qualified(Verdict verdict) {
        String value = verdict.value();
        if (response.status() >= 400) {
            value += " Judged on an answer with status " + response.status() + ".";
        }
        if (response.truncated() && isHtml && verdict.outcome() != Outcome.NOT_CHECKED) {
            value += " Only the beginning of the page was read; what follows is not judged.";
        }
        return new Verdict(verdict.outcome(), value, verdict.evidence(), verdict.remediation(), verdict.caps());
    }

    /** The lines of a header as evidence. */
    List<String> evidence(String name) {
        return headers().all(name).stream()
                .limit(6)
                .map(value -> Quote.line(name + ": " + value))
                .toList();
    }
}
