package dev.websentry.engine.check.server;

import dev.websentry.engine.check.server.Signatures.Signature;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What answers at sensitive paths are for whoever must not keep them: bodies that are judged as the real ones are, and say
 * nothing else. It stands beside the signatures, since nobody else knows what they look at.
 */
public final class SensitiveAnswers {
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private final Optional<Ordinariness> ordinary;

    private SensitiveAnswers(Optional<Ordinariness> ordinary) {
        this.ordinary = ordinary;
    }

    /** On a site that answers anything like this. */
    public static SensitiveAnswers besides(Ordinary ordinary) {
        return new SensitiveAnswers(Optional.of(new Ordinariness(ordinary)));
    }

    /** On a site of which nothing ordinary is known. */
    public static SensitiveAnswers besidesNothing() {
        return new SensitiveAnswers(Optional.empty());
    }

    /**
     * The body as it is where it is no secret: an error, or what the site answers to everything. A specimen of the same kind
     * of file where it is one. Anything else, which may be a secret that no signature knows yet, without its letters and
     * digits.
     */
    public String withoutSecrets(HttpUrl url, Response response) {
        boolean everywhere = ordinary.map(known -> known.covers(url, response)).orElse(false);
        if (response.status() >= 300 || everywhere || response.body().text().isBlank()) {
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
