package dev.websentry.engine.check;

import dev.websentry.engine.observation.ScanObservations;

/**
 * A security check of a site. Checks are stateless and pure: the same observations always give the same verdict. They
 * do not depend on the current time.
 */
public interface Check {
    /** Returns the metadata: id, name, points, remediation. */
    CheckDefinition definition();

    /**
     * Evaluates the observations. A check that needs an observation calls
     * {@link dev.websentry.engine.observation.Observation#value()}. If the value is unknown, the resulting exception makes
     * the catalog report NOT_CHECKED with the reason.
     *
     * @param seen the observations of one scan
     * @return the verdict
     */
    CheckVerdict evaluate(ScanObservations seen);
}
