package dev.websentry.engine;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.Scoring;
import dev.websentry.engine.report.Versions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Grades the observations of a scan with the checks and the scoring rules of this engine version. The observations
 * can come from a scan or from a recording. Apart from the report's random id, the result depends only on the
 * arguments.
 */
public final class Judge {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Catalogue CATALOGUE = Catalogue.standard();

    private Judge() {}

    /**
     * Evaluates all checks and builds the report.
     *
     * @param seen the observations of one scan; not null
     * @param duration how long the scan took
     * @return the graded report, with a new random id
     */
    public static Report report(Observations seen, Duration duration) {
        Scoring.Scored scored = Scoring.score(CATALOGUE.judge(seen));
        return new Report(
                newId(),
                seen.target().given(),
                seen.now(),
                duration,
                scored.score(),
                Grade.ofScore(scored.score()),
                scored.rawScore(),
                scored.categories(),
                scored.caps(),
                scored.complete(),
                finalUrl(seen),
                Optional.of(Versions.current()));
    }

    private static Optional<String> finalUrl(Observations seen) {
        return seen.site().entry() instanceof Observed.Seen<Chain> entry
                ? Optional.of(entry.value().last().url().toString())
                : Optional.empty();
    }

    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
