package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.function.Function;

/** Judges only where the public DNS has a say: an address, a single label or a special-use name has neither mail nor CAA. */
final class Subject {
    private Subject() {}

    static Verdict ofMailDomain(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> Verdict.notApplicable(why(seen)));
    }

    static Verdict ofHost(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().host().map(rule).orElseGet(() -> Verdict.notApplicable(why(seen)));
    }

    /** For a line that only informs. */
    static Verdict info(Observations seen, Function<String, Verdict> rule) {
        return seen.dns().subject().mailDomain().map(rule).orElseGet(() -> Verdict.info(why(seen)));
    }

    private static String why(Observations seen) {
        return seen.target().host()
                + (seen.target().host().isAddress()
                        ? " is an address, not a domain"
                        : " is no name of the public DNS (a single label or a special-use name)");
    }
}
