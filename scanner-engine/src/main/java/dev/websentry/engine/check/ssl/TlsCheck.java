package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** What the checks of certificates, versions and suites share: without TLS there is nothing of theirs to judge. */
interface TlsCheck extends Check {
    /** Judges a host of which an address answers with TLS. */
    Verdict judgeServed(Observations seen);

    @Override
    default Verdict judge(Observations seen) {
        return ServedTls.missing(seen).orElseGet(() -> judgeServed(seen));
    }
}
