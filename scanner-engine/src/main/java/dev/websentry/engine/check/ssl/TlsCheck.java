package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** A check that requires TLS, such as the checks of certificates and protocol versions; it fails without TLS. */
interface TlsCheck extends Check {
    /** Evaluates a host that responds with TLS on at least one address. */
    Verdict judgeServed(Observations seen);

    @Override
    default Verdict judge(Observations seen) {
        return ServedTls.missing(seen).orElseGet(() -> judgeServed(seen));
    }
}
