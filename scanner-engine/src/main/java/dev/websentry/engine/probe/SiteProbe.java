package dev.websentry.engine.probe;

import dev.websentry.engine.config.ScanException;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.probe.site.CorsProbe;
import dev.websentry.engine.probe.site.EntryProbe;
import dev.websentry.engine.probe.site.LeakProbe;
import dev.websentry.engine.probe.site.PageProbe;
import dev.websentry.engine.probe.site.PlainHttpProbe;
import dev.websentry.engine.probe.site.RedirectFollower;
import dev.websentry.engine.probe.site.WwwProbe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Probes the site over HTTP. Requests that do not depend on an earlier response are sent concurrently. */
public final class SiteProbe {
    private final ProbeContext context;
    private final RedirectFollower redirects;

    /** Creates the probe of one scan. */
    public SiteProbe(ProbeContext context) {
        this.context = context;
        this.redirects = new RedirectFollower(context.httpFetcher(), context.deadline());
    }

    /**
     * Probes the site.
     *
     * @return the observations; parts that could not be determined are unknown
     * @throws ScanException if the site refuses its entry page twice
     */
    public SiteObservations probe() throws ScanException {
        TaskScope tasks = context.tasks();
        Future<Optional<RedirectChain>> plain = tasks.start(() -> new PlainHttpProbe(context, redirects).probe());
        Future<Optional<WwwVariant>> www = tasks.start(() -> new WwwProbe(context, redirects).probe());
        EntryProbe entry = new EntryProbe(context, redirects);
        Observation<HttpExchange> first = entry.requestEntryPage();
        if (first instanceof Observation.Unknown<HttpExchange> unknown) {
            String reason = unknown.reason();
            return new SiteObservations(
                    Observation.unknown(reason),
                    Observation.unknown(reason),
                    Observation.seen(TaskScope.join(plain)),
                    Observation.seen(TaskScope.join(www)),
                    Observation.unknown(reason),
                    Observation.unknown(reason));
        }
        return answered(entry, first.value(), plain, www);
    }

    private SiteObservations answered(
            EntryProbe entry,
            HttpExchange first,
            Future<Optional<RedirectChain>> plain,
            Future<Optional<WwwVariant>> www)
            throws ScanException {
        // A site that refuses the first request does not receive thirty more.
        boolean accepted = !PageProbe.isRefused(first);
        Optional<HostProbes> early = accepted ? Optional.of(start(first)) : Optional.empty();
        RedirectChain chain = entry.followRedirects(first);
        HostProbes probes = early.orElseGet(() -> start(chain.first()));
        PageProbe followUp = new PageProbe(context);
        Optional<ResponsePage> page = ResponsePage.of(chain);
        Future<Optional<HttpExchange>> again = context.tasks().start(() -> page.flatMap(followUp::refetchForNonce));
        List<HttpExchange> directories =
                page.map(seen -> followUp.requestDirectories(seen, first.url())).orElse(List.of());
        return new SiteObservations(
                Observation.seen(chain),
                Observation.seen(TaskScope.join(again)),
                Observation.seen(TaskScope.join(plain)),
                Observation.seen(TaskScope.join(www)),
                TaskScope.join(probes.cors()),
                TaskScope.join(probes.leakage()).map(answers -> answers.withDirectories(directories)));
    }

    /** The running probes that depend only on the scheme and port on which the requested host responds. */
    private record HostProbes(Future<Observation<CorsResponses>> cors, Future<Observation<LeakageResponses>> leakage) {}

    private HostProbes start(HttpExchange first) {
        TaskScope tasks = context.tasks();
        return new HostProbes(
                tasks.start(() -> new CorsProbe(context).probe(first.url())),
                tasks.start(() -> new LeakProbe(context).probe(first)));
    }
}
