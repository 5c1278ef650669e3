package dev.websentry.engine.check.server;

import dev.websentry.engine.check.server.Signatures.Signature;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Replaces response bodies of sensitive paths by redacted ones that produce the same verdict, so that recordings
 * contain no secrets. It is in the same package as {@link Signatures}, because the redacted bodies depend on the
 * signatures.
 */
public final class SensitiveAnswers {
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private final Optional<Ordinariness> ordinary;

    private SensitiveAnswers(Optional<Ordinariness> ordinary) {
        this.ordinary = ordinary;
    }

    /**
     * Creates a redactor for a site.
     *
     * @param ordinary the responses that the site sends for every path; they are not redacted
     */
    public static SensitiveAnswers besides(Ordinary ordinary) {
        return new SensitiveAnswers(Optional.of(new Ordinariness(ordinary)));
    }

    /** Creates a redactor for a site whose responses to random paths are unknown. */
    public static SensitiveAnswers besidesNothing() {
        return new SensitiveAnswers(Optional.empty());
    }

    /**
     * Redacts a body.
     *
     * @param url the requested URL
     * @param response the response
     * @return the unchanged body if it is not a secret (an error, or a response that the site sends for every
     *     path); a sample of the same type of file if a signature matches; otherwise the body with all letters and
     *     digits masked, because it can be a secret that has no signature yet
     */
    public String withoutSecrets(HttpUrl url, Response response) {
        boolean softNotFound =
                ordinary.map(detector -> detector.covers(url, response)).orElse(false);
        if (response.status() >= 300 || softNotFound || response.body().text().isBlank()) {
            return response.body().text();
        }
        Signature signature = Signatures.BY_PATH.get(url.encodedPath());
        if (signature == null || !signature.matches(response)) {
            return DIGIT.matcher(LETTER.matcher(response.body().text()).replaceAll("x"))
                    .replaceAll("0");
        }
        boolean heapDump = url.encodedPath().equals(Signatures.ACTUATOR)
                && Signatures.HEAP_DUMP.matcher(response.body().text()).find();
        return heapDump ? Signatures.SPECIMEN_WITH_HEAP_DUMP : signature.specimen();
    }
}
