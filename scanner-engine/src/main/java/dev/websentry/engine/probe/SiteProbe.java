package dev.websentry.engine.probe;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.target.Target;
import java.util.List;

/** Asks the site over HTTP. */
public final class SiteProbe {
    private final ProbeContext context;

    public SiteProbe(ProbeContext context) {
        this.context = context;
    }

    public SiteObservations probe() {
        Target target = context.target();
        Exchange first = context.http().fetch(Fetch.page(target.url("https", target.httpsPort())));
        Observed<Chain> entry = first.failure()
                .<Observed<Chain>>map(failure -> Observed.unknown(failure.detail()))
                .orElseGet(() -> Observed.seen(new Chain(List.of(first), Chain.End.ANSWERED)));
        return new SiteObservations(
                entry,
                Observed.unknown("not built yet"),
                Observed.unknown("not built yet"),
                Observed.unknown("not built yet"),
                Observed.unknown("not built yet"),
                Observed.unknown("not built yet"));
    }
}
