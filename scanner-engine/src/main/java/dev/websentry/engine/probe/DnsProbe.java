package dev.websentry.engine.probe;

import dev.websentry.engine.net.FetchRequest;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.dns.DnssecValidator;
import dev.websentry.engine.observation.DnsObservations;
import dev.websentry.engine.observation.DnsScope;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.probe.dns.DnsQueryRounds;
import dev.websentry.engine.probe.dns.DnsScopeResolver;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.mail.MailTransportRecords;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/** Collects the DNS observations of a scan: DNS records, DNSSEC validation and the MTA-STS policy. */
public final class DnsProbe {
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(20);

    private final ProbeContext context;

    /** @param context the state of the scan */
    public DnsProbe(ProbeContext context) {
        this.context = context;
    }

    /** Returns the observations; queries that fail are part of them. */
    public DnsObservations probe() {
        DnsScope subject = DnsScopeResolver.resolve(context.target(), context.options());
        if (subject.host().isEmpty() && subject.mailDomain().isEmpty()) {
            return DnsObservations.notQueried(subject);
        }
        CompletableFuture<Observation<DnssecValidation>> validation =
                context.tasks().start(() -> validate(subject));
        CompletableFuture<Observation<Optional<HttpExchange>>> policy =
                context.tasks().start(() -> mtaStsPolicy(subject));
        Map<DnsQuestion, DnsAnswer> answers =
                new DnsQueryRounds(context.dns(), context.tasks(), context.deadline()).run(subject);
        return new DnsObservations(subject, answers, TaskScope.join(validation), TaskScope.join(policy));
    }

    private Observation<DnssecValidation> validate(DnsScope subject) {
        if (subject.host().isEmpty()) {
            return Observation.unknown(context.target().host() + " is not a public DNS name");
        }
        return new DnssecValidator(
                        context.dns(), context.tasks(), context.options().trustAnchors(), context.validatedChains())
                .validate(
                        subject.host().get(), context.now(), context.deadline().within(VALIDATION_TIMEOUT));
    }

    /** Fetches the policy only if a record announces it, without following redirects (RFC 8461 section 3.3). */
    private Observation<Optional<HttpExchange>> mtaStsPolicy(DnsScope subject) {
        String domain = subject.mailDomain().orElse("");
        DnsQuestion question = new DnsQuestion("_mta-sts." + domain, DnsRecordType.TXT);
        // The query rounds need the same answer; the client sends the query only once.
        DnsAnswer answer =
                domain.isEmpty() ? DnsAnswer.NOT_ASKED : context.dns().ask(question);
        if (!answer.isDefinite()) {
            return Observation.unknown(answer.status().description() + " for " + question);
        }
        HttpUrl url = HttpUrl.parse("https://mta-sts." + domain + "/.well-known/mta-sts.txt");
        if (url == null || MailTransportRecords.withVersion(answer, "STSv1").size() != 1) {
            return Observation.seen(Optional.empty());
        }
        return Observation.seen(Optional.of(context.httpFetcher().fetch(FetchRequest.snippet(url))));
    }
}
