package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ResponseBody;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
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
record FinalResponse(HttpUrl url, Response response, boolean isHtml) {
    private static final ResponseBody EMPTY = ResponseBody.of("");

    /**
     * Returns the final response of a site.
     *
     * @throws UnobservedException if there is no final response; the headers of a redirect say nothing about the site
     */
    static FinalResponse of(ScanObservations seen) {
        ResponsePage page = seen.site().page().value();
        int status = page.response().status();
        if (status >= 300 && status < 400) {
            throw new UnobservedException("the redirects ended with status " + status + " instead of a page");
        }
        return new FinalResponse(page.exchange().url(), page.response(), page.isHtml());
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
    static CheckVerdict evaluateHtml(ScanObservations seen, Function<FinalResponse, CheckVerdict> rule) {
        FinalResponse document = of(seen);
        return document.isHtml()
                ? document.withCaveats(rule.apply(document))
                : CheckVerdict.notApplicable("The final response is not an HTML document ("
                        + document.headers()
                                .first("Content-Type")
                                .map(Excerpt::inSentence)
                                .orElse("no Content-Type") + ").");
    }

    ResponseHeaders headers() {
        return response.headers();
    }

    /** Adds a note to the verdict if the response has an error status or was read only in part. */
    CheckVerdict withCaveats(CheckVerdict verdict) {
        String value = verdict.value();
        if (response.status() >= 400) {
            value += " Evaluated on a response with status " + response.status() + ".";
        }
        if (response.truncated() && isHtml && verdict.outcome() != CheckOutcome.NOT_CHECKED) {
            value += " Only the beginning of the page was read; the rest was not evaluated.";
        }
        return new CheckVerdict(verdict.outcome(), value, verdict.evidence(), verdict.remediation(), verdict.caps());
    }

    /** Returns the lines of a header as evidence, at most 6. */
    List<String> headerEvidence(String name) {
        return headers().all(name).stream()
                .limit(6)
                .map(value -> Excerpt.evidenceLine(name + ": " + value))
                .toList();
    }
}
