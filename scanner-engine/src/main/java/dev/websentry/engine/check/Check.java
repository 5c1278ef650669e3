package dev.websentry.engine.check;

import dev.websentry.engine.observe.Observations;

/** One question about a site. Stateless and pure: the same observations give the same verdict, today and next year. */
public interface Check {
    Definition definition();

    /**
     * Judges. A check that needs something unknown just asks for its {@code value()}: the catalogue answers NOT_CHECKED
     * with the reason.
     */
    Verdict judge(Observations seen);
}
