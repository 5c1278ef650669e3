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

/**
 * The final response of a site after all redirects, whose headers the checks of this package evaluate.
 *
 * @param url the URL of the response
 * @param isHtml whether the response is an HTML document
 */
record FinalDocument(HttpUrl url, Response response, boolean isHtml) {
    private static final BodyText EMPTY = BodyText.of("");

    /**
     * Returns the final response of a site.
     *
     * @throws UnknownObservation if there is no final response; the headers of a redirect say nothing about the site
     */
    static FinalDocument of(Observations seen) {
        Page page = seen.site().page().value();
        int status = page.response().status();
        if (status >= 300 && status < 400) {
            throw new UnknownObservation("the redirects ended with status " + status + " instead of a page");
        }
        return new FinalDocument(page.exchange().url(), page.response(), page.isHtml());
    }

    /** Returns the parsed body; an empty document if the response is not HTML. */
    Document html() {
        return (isHtml ? response.body() : EMPTY).html();
    }

    /**
     * Evaluates a control that only applies to HTML documents.
     *
     * @return the verdict of the rule, or "not applicable" if the final response is not an HTML document
     */
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

    /** Adds a note to the verdict if the response has an error status or was read only in part. */
    Verdict qualified(Verdict verdict) {
        String value = verdict.value();
        if (response.status() >= 400) {
            value += " Evaluated on a response with status " + response.status() + ".";
        }
        if (response.truncated() && isHtml && verdict.outcome() != Outcome.NOT_CHECKED) {
            value += " Only the beginning of the page was read; the rest was not evaluated.";
        }
        return new Verdict(verdict.outcome(), value, verdict.evidence(), verdict.remediation(), verdict.caps());
    }

    /** Returns the lines of a header as evidence, at most 6. */
    List<String> evidence(String name) {
        return headers().all(name).stream()
                .limit(6)
                .map(value -> Quote.line(name + ": " + value))
                .toList();
    }
}
