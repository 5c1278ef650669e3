package dev.websentry.engine.check;

import dev.websentry.engine.observe.Observations;

/**
 * A security check of a site. Checks are stateless and pure: the same observations always give the same verdict. They
 * do not depend on the current time.
 */
public interface Check {
    /** Returns the metadata: id, name, points, remediation. */
    Definition definition();

    /**
     * Evaluates the observations. A check that needs an observation calls
     * {@link dev.websentry.engine.observe.Observed#value()}. If the value is unknown, the resulting exception makes
     * the catalog report NOT_CHECKED with the reason.
     *
     * @param seen the observations of one scan
     * @return the verdict
     */
    Verdict judge(Observations seen);
}
