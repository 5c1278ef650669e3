package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.dns.DnssecChain.DnssecChainLink;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.DnssecValidation.DnssecStatus;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Validates the addresses of a host by DNSSEC, from the trust anchor down, with the DNS client and answers of the scan.
 */
public final class DnssecValidator {
    /**
     * The key-signing keys of the root as DS records: KSK-2017 and KSK-2024, from
     * https://data.iana.org/root-anchors/root-anchors.xml.
     */
    private static final List<String> IANA_ROOT = List.of(
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
            ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16");

    /** The number of labels of {@code example.com.}, including the root label. */
    private static final int REGISTERED_LABELS = 3;

    private final DnsClient dns;
    private final TaskScope tasks;
    private final List<String> anchors;
    private final ValidatedChainCache validatedChains;

    /**
     * Creates a validator for one scan.
     *
     * @param dns the DNS client of the scan
     * @param tasks the task scope of the scan
     * @param anchors trust anchors as DS or DNSKEY records in zone-file format; if empty, those of the IANA root
     * @param validatedChains the chains that earlier scans have validated
     */
    public DnssecValidator(DnsClient dns, TaskScope tasks, List<String> anchors, ValidatedChainCache validatedChains) {
        this.dns = dns;
        this.tasks = tasks;
        this.validatedChains = validatedChains;
        this.anchors = anchors.isEmpty() ? IANA_ROOT : List.copyOf(anchors);
    }

    /**
     * Validates the addresses of a host: the A records or, if there are only AAAA records, these.
     *
     * @param host in lower case, without the trailing dot
     * @param now the time at which signatures have to be valid
     * @param deadline the time at which the validation is aborted
     * @return the result, or the reason why it is unknown
     */
    public Observation<DnssecValidation> validate(String host, Instant now, Deadline deadline) {
        Name name;
        try {
            name = Name.fromString(host + ".");
        } catch (TextParseException e) {
            return Observation.unknown(host + " is not a DNS name");
        }
        Optional<ValidationAttempt> first = attempt(now);
        Optional<Name> anchor = first.flatMap(attempt -> attempt.anchor(name));
        if (anchor.isEmpty()) {
            return Observation.unknown("trustAnchor has no DS or DNSKEY record for " + host + " or a parent domain");
        }
        prefetch(name, anchor.get());
        // A host with only IPv6 addresses is validated by its AAAA records.
        int type = mayHave(name, Type.A) || !mayHave(name, Type.AAAA) ? Type.A : Type.AAAA;
        DnsReply plain = dns.query(name, type, false);
        DnsReply unchecked = plain.isServfail() ? dns.query(name, type, true) : plain;
        if (!unchecked.isDefinite()) {
            return Observation.unknown(plain.status().description() + " for " + Type.string(type) + " " + host);
        }
        if (plain.isServfail()) {
            // RFC 4035 section 3.2.2: with CD set, a validating resolver returns records that it considers bogus.
            return bogus(host, "the resolver returns SERVFAIL, but answers with DNSSEC checking disabled");
        }
        Optional<String> failure = findObstacle(anchor.get());
        if (failure.isPresent()) {
            return Observation.unknown(failure.get());
        }
        List<DnssecChainLink> chain = DnssecChain.collect(
                dns, anchors, anchor.get(), unchecked.message().orElseThrow(), now);
        Optional<DnssecChainLink> start = validatedChains.deepestValidated(chain);
        ValidationAttempt attempt = first.orElseThrow();
        start.ifPresent(link -> attempt.validator.getTrustAnchors().store(link.rrset()));
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Observation<DnssecValidation> verdict = attempt.validate(host, query, deadline);
        if (start.isPresent() && !isSecure(verdict)) {
            // Any result other than "secure" is determined and explained by a full validation from the anchors down.
            verdict = attempt(now).orElseThrow().validate(host, query, deadline);
        }
        if (isSecure(verdict)) {
            validatedChains.add(chain);
        }
        return verdict;
    }

    private static boolean isSecure(Observation<DnssecValidation> verdict) {
        return verdict.isSeen() && verdict.value().status() == DnssecStatus.SECURE;
    }

    /** Creates a validation that begins at the anchors; empty if they cannot be parsed. */
    private Optional<ValidationAttempt> attempt(Instant now) {
        DnsClientResolver resolver = new DnsClientResolver(dns, tasks);
        ValidatingResolver validator = new ValidatingResolver(resolver, Clock.fixed(now, ZoneOffset.UTC));
        try {
            validator.loadTrustAnchors(
                    new ByteArrayInputStream((String.join("\n", anchors) + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new ValidationAttempt(validator, resolver));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends in parallel the queries that the validator will send one after the other, from the anchor down: the keys of
     * each zone, and the DS record of each name or the proof that it has none. The client caches the answers.
     */
    private void prefetch(Name host, Name anchor) {
        for (Name name = host; name.subdomain(anchor) && name.labels() > anchor.labels(); name = new Name(name, 1)) {
            ask(name, Type.DS);
            // Few hosts below a registered domain are zones of their own; a missing answer is queried when it is
            // needed.
            if (!name.equals(host) || name.labels() <= REGISTERED_LABELS) {
                ask(name, Type.DNSKEY);
            }
        }
        ask(anchor, Type.DNSKEY);
    }

    private void ask(Name name, int type) {
        CompletableFuture<DnsReply> unused = tasks.start(() -> dns.query(name, type, false));
    }

    /** Returns whether the answer has records of this type or is not definite, so that this type is to be validated. */
    private boolean mayHave(Name name, int type) {
        DnsReply reply = dns.query(name, type, false);
        if (!reply.isDefinite()) {
            return true;
        }
        return reply.message().orElseThrow().getSection(Section.ANSWER).stream()
                .anyMatch(record -> record.getType() == type);
    }

    /**
     * Returns the reason why validation is not possible, if any. A forwarder that strips signatures would make every
     * signed zone look bogus.
     */
    private Optional<String> findObstacle(Name anchor) {
        DnsReply keys = dns.query(anchor, Type.DNSKEY, false);
        if (!keys.isDefinite()) {
            return Optional.of(keys.status().description() + " for DNSKEY " + anchor);
        }
        List<Record> answers = keys.message()
                .map(message -> message.getSection(Section.ANSWER))
                .orElse(List.of());
        boolean signed = answers.stream().mapToInt(Record::getType).anyMatch(type -> type == Type.RRSIG);
        return signed
                ? Optional.empty()
                : Optional.of("the resolver " + keys.server() + " does not forward DNSSEC records. Set dnsServers to a"
                        + " resolver that does, or waive dns.dnssec");
    }

    /** One validation, with its own adapter that notes the queries that failed. */
    private record ValidationAttempt(ValidatingResolver validator, DnsClientResolver resolver) {
        /** Returns the name of the trust anchor from which the validation begins. */
        Optional<Name> anchor(Name name) {
            return Optional.ofNullable(validator.getTrustAnchors().find(name, DClass.IN))
                    .map(RRset::getName);
        }

        Observation<DnssecValidation> validate(String host, Message query, Deadline deadline) {
            Optional<Message> validated = send(query, deadline);
            Optional<DnsAnswer.DnsAnswerStatus> failure = resolver.firstFailure();
            if (validated.isEmpty()) {
                return Observation.unknown(failure.map(DnsAnswer.DnsAnswerStatus::description)
                                .orElse("validation did not complete in time")
                        + " for the DNSSEC records of " + host);
            }
            Message message = validated.get();
            if (message.getHeader().getFlag(Flags.AD)) {
                return Observation.seen(new DnssecValidation(host, DnssecStatus.SECURE, ""));
            }
            if (message.getRcode() != Rcode.SERVFAIL) {
                return Observation.seen(new DnssecValidation(host, DnssecStatus.INSECURE, ""));
            }
            return failure.isPresent()
                    ? Observation.unknown(failure.get().description() + " for the DNSSEC records of " + host)
                    : bogus(host, reason(message));
        }

        private Optional<Message> send(Message query, Deadline deadline) {
            try {
                return Optional.of(validator
                        .sendAsync(query, Runnable::run)
                        .toCompletableFuture()
                        .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private static Observation<DnssecValidation> bogus(String host, String reason) {
        return Observation.seen(new DnssecValidation(host, DnssecStatus.BOGUS, reason));
    }

    /** Returns the reason that the validator provides in a TXT record of a special class. */
    private static String reason(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
                .filter(TXTRecord.class::isInstance)
                .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                .findFirst()
                .orElse("the signatures are invalid");
    }
}
