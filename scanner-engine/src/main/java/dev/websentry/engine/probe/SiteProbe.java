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

/** Asks the site over HTTP. What does not depend on an earlier answer is asked at once. */
public final class SiteProbe {
    private final ProbeContext context;
    private final Redirects redirects;

    public SiteProbe(ProbeContext context) {
        this.context = context;
        this.redirects = new Redirects(context.http(), context.deadline());
    }

    /** @throws ScanException when the site refuses its entry page, twice */
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
        // A site that turns the first request away is not pestered with thirty more.
        boolean welcome = !PageFollowUp.isRefusal(first);
        Optional<Active> early = welcome ? Optional.of(start(first)) : Optional.empty();
        Chain chain = entry.follow(first);
        Active active = early.orElseGet(() -> start(chain.first()));
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
                Tasks.join(active.cors()),
                Tasks.join(active.leakage()).map(answers -> answers.with(directories)));
    }

    /** The probes that only need to know on which scheme and port the requested host answers. */
    private record Active(Future<Observed<CorsAnswers>> cors, Future<Observed<LeakageAnswers>> leakage) {}

    private Active start(Exchange first) {
        Tasks tasks = context.tasks();
        return new Active(
                tasks.start(() -> new ForeignOrigins(context).probe(first.url())),
                tasks.start(() -> new Leakage(context).probe(first)));
    }

    /** The chain from plain http on the requested host; empty where the target has another port and no http port is known. */
    private Optional<Chain> plain() {
        Target target = context.target();
        if (target.explicitPort().isPresent() && context.options().httpPort().isEmpty()) {
            return Optional.empty();
        }
        int port = context.options().httpPort().orElse(80);
        return Optional.of(redirects.follow(Fetch.snippet(target.url("http", port))));
    }
}
