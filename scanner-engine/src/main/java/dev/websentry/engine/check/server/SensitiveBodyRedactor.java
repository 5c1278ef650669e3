package dev.websentry.engine.check.server;

import dev.websentry.engine.check.server.SensitiveFileSignatures.SensitiveFileSignature;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Replaces response bodies of sensitive paths by redacted ones that produce the same verdict, so that recordings
 * contain no secrets. It is in the same package as {@link SensitiveFileSignatures}, because the redacted bodies depend on the
 * signatures.
 */
public final class SensitiveBodyRedactor {
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private final Optional<SoftNotFoundDetector> ordinary;

    private SensitiveBodyRedactor(Optional<SoftNotFoundDetector> ordinary) {
        this.ordinary = ordinary;
    }

    /**
     * Creates a redactor for a site.
     *
     * @param ordinary the responses that the site sends for every path; they are not redacted
     */
    public static SensitiveBodyRedactor withBaseline(NotFoundBaseline ordinary) {
        return new SensitiveBodyRedactor(Optional.of(new SoftNotFoundDetector(ordinary)));
    }

    /** Creates a redactor for a site whose responses to random paths are unknown. */
    public static SensitiveBodyRedactor withoutBaseline() {
        return new SensitiveBodyRedactor(Optional.empty());
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
    public String redact(HttpUrl url, Response response) {
        boolean softNotFound =
                ordinary.map(detector -> detector.isSoftNotFound(url, response)).orElse(false);
        if (response.status() >= 300 || softNotFound || response.body().text().isBlank()) {
            return response.body().text();
        }
        SensitiveFileSignature signature = SensitiveFileSignatures.BY_PATH.get(url.encodedPath());
        if (signature == null || !signature.matches(response)) {
            return DIGIT.matcher(LETTER.matcher(response.body().text()).replaceAll("x"))
                    .replaceAll("0");
        }
        boolean heapDump = url.encodedPath().equals(SensitiveFileSignatures.ACTUATOR_INDEX)
                && SensitiveFileSignatures.HEAP_DUMP
                        .matcher(response.body().text())
                        .find();
        return heapDump ? SensitiveFileSignatures.ACTUATOR_SAMPLE_WITH_HEAP_DUMP : signature.sample();
    }
}
