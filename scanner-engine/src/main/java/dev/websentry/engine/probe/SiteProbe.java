package dev.websentry.engine.probe;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations;
import dev.websentry.engine.observe.SiteObservations.CorsAnswers;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import dev.websentry.engine.observe.SiteObservations.Page;
import dev.websentry.engine.probe.site.Entry;
import dev.websentry.engine.probe.site.ForeignOrigins;
import dev.websentry.engine.probe.site.Leakage;
import dev.websentry.engine.probe.site.OtherNames;
import dev.websentry.engine.probe.site.PageFollowUp;
import dev.websentry.engine.probe.site.Redirects;
import dev.websentry.engine.target.ScanException;
import dev.websentry.engine.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Probes the site over HTTP. Requests that do not depend on an earlier response are sent concurrently. */
public final class SiteProbe {
    private final ProbeContext context;
    private final Redirects redirects;

    /** Creates the probe of one scan. */
    public SiteProbe(ProbeContext context) {
        this.context = context;
        this.redirects = new Redirects(context.http(), context.deadline());
    }

    /**
     * Probes the site.
     *
     * @return the observations; parts that could not be determined are unknown
     * @throws ScanException if the site refuses its entry page twice
     */
    public SiteObservations probe() throws ScanException {
        Tasks tasks = context.tasks();
        Future<Optional<Chain>> plain = tasks.start(this::plain);
        Future<Optional<OtherName>> www = tasks.start(() -> new OtherNames(context, redirects).probe());
        Entry entry = new Entry(context, redirects);
        Observed<Exchange> first = entry.first();
        if (first instanceof Observed.Unknown<Exchange> unknown) {
            String reason = unknown.reason();
            return new SiteObservations(
                    Observed.unknown(reason),
                    Observed.unknown(reason),
                    Observed.seen(Tasks.join(plain)),
                    Observed.seen(Tasks.join(www)),
                    Observed.unknown(reason),
                    Observed.unknown(reason));
        }
        return answered(entry, first.value(), plain, www);
    }

    private SiteObservations answered(
            Entry entry, Exchange first, Future<Optional<Chain>> plain, Future<Optional<OtherName>> www)
            throws ScanException {
        // A site that refuses the first request does not receive thirty more.
        boolean accepted = !PageFollowUp.isRefusal(first);
        Optional<HostProbes> early = accepted ? Optional.of(start(first)) : Optional.empty();
        Chain chain = entry.follow(first);
        HostProbes probes = early.orElseGet(() -> start(chain.first()));
        PageFollowUp followUp = new PageFollowUp(context);
        Optional<Page> page = Page.of(chain);
        Future<Optional<Exchange>> again = context.tasks().start(() -> page.flatMap(followUp::again));
        List<Exchange> directories =
                page.map(seen -> followUp.directories(seen, first.url())).orElse(List.of());
        return new SiteObservations(
                Observed.seen(chain),
                Observed.seen(Tasks.join(again)),
                Observed.seen(Tasks.join(plain)),
                Observed.seen(Tasks.join(www)),
                Tasks.join(probes.cors()),
                Tasks.join(probes.leakage()).map(answers -> answers.with(directories)));
    }

    /** The running probes that depend only on the scheme and port on which the requested host responds. */
    private record HostProbes(Future<Observed<CorsAnswers>> cors, Future<Observed<LeakageAnswers>> leakage) {}

    private HostProbes start(Exchange first) {
        Tasks tasks = context.tasks();
        return new HostProbes(
                tasks.start(() -> new ForeignOrigins(context).probe(first.url())),
                tasks.start(() -> new Leakage(context).probe(first)));
    }

    /**
     * Follows the redirects from plain http on the requested host.
     *
     * @return the chain; empty if the target has an explicit port and no http port is configured
     */
    private Optional<Chain> plain() {
        Target target = context.target();
        if (target.explicitPort().isPresent() && context.options().httpPort().isEmpty()) {
            return Optional.empty();
        }
        int port = context.options().httpPort().orElse(80);
        return Optional.of(redirects.follow(Fetch.snippet(target.url("http", port))));
    }
}
