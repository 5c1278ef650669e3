package dev.websentry.engine.probe;

import dev.websentry.engine.net.Fetch;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.net.dns.DnssecValidator;
import dev.websentry.engine.observe.DnsObservations;
import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.probe.dns.DnsRounds;
import dev.websentry.engine.probe.dns.DnsSubjects;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.mail.MailRecords;
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
        DnsSubject subject = DnsSubjects.of(context.target(), context.options());
        if (subject.host().isEmpty() && subject.mailDomain().isEmpty()) {
            return DnsObservations.nothingAsked(subject);
        }
        CompletableFuture<Observed<DnsValidation>> validation = context.tasks().start(() -> validate(subject));
        CompletableFuture<Observed<Optional<Exchange>>> policy = context.tasks().start(() -> mtaStsPolicy(subject));
        Map<DnsQuestion, DnsAnswer> answers =
                new DnsRounds(context.dns(), context.tasks(), context.deadline()).ask(subject);
        return new DnsObservations(subject, answers, Tasks.join(validation), Tasks.join(policy));
    }

    private Observed<DnsValidation> validate(DnsSubject subject) {
        if (subject.host().isEmpty()) {
            return Observed.unknown(context.target().host() + " is not a public DNS name");
        }
        return new DnssecValidator(
                        context.dns(), context.tasks(), context.options().trustAnchors(), context.proven())
                .validate(
                        subject.host().get(), context.now(), context.deadline().within(VALIDATION_TIMEOUT));
    }

    /** Fetches the policy only if a record announces it, without following redirects (RFC 8461 section 3.3). */
    private Observed<Optional<Exchange>> mtaStsPolicy(DnsSubject subject) {
        String domain = subject.mailDomain().orElse("");
        DnsQuestion question = new DnsQuestion("_mta-sts." + domain, RecordType.TXT);
        // The query rounds need the same answer; the client sends the query only once.
        DnsAnswer answer =
                domain.isEmpty() ? DnsAnswer.NOT_ASKED : context.dns().ask(question);
        if (!answer.isKnown()) {
            return Observed.unknown(answer.status().phrase() + " for " + question);
        }
        HttpUrl url = HttpUrl.parse("https://mta-sts." + domain + "/.well-known/mta-sts.txt");
        if (url == null || MailRecords.ofVersion(answer, "STSv1").size() != 1) {
            return Observed.seen(Optional.empty());
        }
        return Observed.seen(Optional.of(context.http().fetch(Fetch.snippet(url))));
    }
}
