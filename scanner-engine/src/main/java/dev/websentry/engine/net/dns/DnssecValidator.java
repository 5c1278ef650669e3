package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.net.dns.ChainOfTrust.Link;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.DnsValidation.Status;
import dev.websentry.engine.observe.Observed;
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

/** Validates a host's address by DNSSEC from the root down, through the same resolvers and answers as everything else. */
public final class DnssecValidator {
    /**
     * The root's key-signing keys as DS records: KSK-2017 and KSK-2024, from
     * https://data.iana.org/root-anchors/root-anchors.xml.
     */
    private static final List<String> IANA_ROOT = List.of(
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
            ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16");

    /** As {@code example.com.}: two, and the root's. */
    private static final int REGISTERED_LABELS = 3;

    private final DnsClient dns;
    private final Tasks tasks;
    private final List<String> anchors;
    private final ProvenChains proven;

    /**
     * A validator for one scan.
     *
     * @param anchors DS or DNSKEY records in zone-file form; empty: the IANA root's
     * @param proven what other scans have proven of the chains that lead down from there
     */
    public DnssecValidator(DnsClient dns, Tasks tasks, List<String> anchors, ProvenChains proven) {
        this.dns = dns;
        this.tasks = tasks;
        this.proven = proven;
        this.anchors = anchors.isEmpty() ? IANA_ROOT : List.copyOf(anchors);
    }

    /** @param now signatures have to be valid then */
    public Observed<DnsValidation> validate(String host, Instant now, Deadline deadline) {
        Name name;
        try {
            name = Name.fromString(host + ".");
        } catch (TextParseException e) {
            return Observed.unknown(host + " is no DNS name");
        }
        Optional<Attempt> first = attempt(now);
        Optional<Name> anchor = first.flatMap(attempt -> attempt.anchor(name));
        if (anchor.isEmpty()) {
            return Observed.unknown("trustAnchor holds no DS or DNSKEY record for " + host + " or above it");
        }
        askAhead(name, anchor.get());
        // A host with IPv6 addresses alone is judged by these.
        int type = holds(name, Type.A) || !holds(name, Type.AAAA) ? Type.A : Type.AAAA;
        DnsReply plain = dns.reply(name, type, false);
        DnsReply unchecked = plain.isServfail() ? dns.reply(name, type, true) : plain;
        if (!unchecked.isFinal()) {
            return Observed.unknown(plain.status().phrase() + " for " + Type.string(type) + " " + host);
        }
        if (plain.isServfail()) {
            // RFC 4035 section 3.2.2: with CD set, a validating resolver hands out what it holds for bogus.
            return bogus(host, "the resolver answers SERVFAIL, and with checking disabled it answers");
        }
        Optional<String> obstacle = obstacle(anchor.get());
        if (obstacle.isPresent()) {
            return Observed.unknown(obstacle.get());
        }
        List<Link> chain =
                ChainOfTrust.of(dns, anchors, anchor.get(), unchecked.message().orElseThrow(), now);
        Optional<Link> start = proven.deepest(chain);
        Attempt attempt = first.orElseThrow();
        start.ifPresent(link -> attempt.validator.getTrustAnchors().store(link.records()));
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Observed<DnsValidation> verdict = attempt.validate(host, query, deadline);
        if (start.isPresent() && !isSecure(verdict)) {
            // All but "secure" is decided, and explained, from the anchors down.
            verdict = attempt(now).orElseThrow().validate(host, query, deadline);
        }
        if (isSecure(verdict)) {
            proven.add(chain);
        }
        return verdict;
    }

    private static boolean isSecure(Observed<DnsValidation> verdict) {
        return verdict.isSeen() && verdict.value().status() == Status.SECURE;
    }

    /** One that begins at the anchors; empty when they cannot be read. */
    private Optional<Attempt> attempt(Instant now) {
        CachedResolver resolver = new CachedResolver(dns, tasks);
        ValidatingResolver validator = new ValidatingResolver(resolver, Clock.fixed(now, ZoneOffset.UTC));
        try {
            validator.loadTrustAnchors(
                    new ByteArrayInputStream((String.join("\n", anchors) + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new Attempt(validator, resolver));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends at once what the validator will ask for one by one, from the anchor down: each zone's keys, and each name's DS
     * record or the proof that it has none. The answers wait in the client.
     */
    private void askAhead(Name host, Name anchor) {
        for (Name name = host; name.subdomain(anchor) && name.labels() > anchor.labels(); name = new Name(name, 1)) {
            ask(name, Type.DS);
            // Few hosts are zones themselves below a registered domain; what is missing is asked for when it is needed.
            if (!name.equals(host) || name.labels() <= REGISTERED_LABELS) {
                ask(name, Type.DNSKEY);
            }
        }
        ask(anchor, Type.DNSKEY);
    }

    private void ask(Name name, int type) {
        CompletableFuture<DnsReply> unused = tasks.start(() -> dns.reply(name, type, false));
    }

    /** Whether the answer has such records, or is none that is sure: then these are the ones to judge. */
    private boolean holds(Name name, int type) {
        DnsReply reply = dns.reply(name, type, false);
        if (!reply.isFinal()) {
            return true;
        }
        return reply.message().orElseThrow().getSection(Section.ANSWER).stream()
                .anyMatch(record -> record.getType() == type);
    }

    /** A forwarder that strips signatures would make every signed zone look bogus, so this is not judged. */
    private Optional<String> obstacle(Name anchor) {
        DnsReply keys = dns.reply(anchor, Type.DNSKEY, false);
        if (!keys.isFinal()) {
            return Optional.of(keys.status().phrase() + " for DNSKEY " + anchor);
        }
        List<Record> answers = keys.message()
                .map(message -> message.getSection(Section.ANSWER))
                .orElse(List.of());
        boolean signed = answers.stream().mapToInt(Record::getType).anyMatch(type -> type == Type.RRSIG);
        return signed ? Optional.empty() : Optional.of("the resolver does not pass DNSSEC records on");
    }

    /** One validation, with a note of its own of the questions that had no answer. */
    private record Attempt(ValidatingResolver validator, CachedResolver resolver) {
        /** The name of the anchor that the validation begins at. */
        Optional<Name> anchor(Name name) {
            return Optional.ofNullable(validator.getTrustAnchors().find(name, DClass.IN))
                    .map(RRset::getName);
        }

        Observed<DnsValidation> validate(String host, Message query, Deadline deadline) {
            Optional<Message> validated = send(query, deadline);
            Optional<DnsAnswer.Status> failure = resolver.failure();
            if (validated.isEmpty()) {
                return Observed.unknown(failure.map(DnsAnswer.Status::phrase).orElse("validation did not end in time")
                        + " for the DNSSEC records of " + host);
            }
            Message message = validated.get();
            if (message.getHeader().getFlag(Flags.AD)) {
                return Observed.seen(new DnsValidation(host, Status.SECURE, ""));
            }
            if (message.getRcode() != Rcode.SERVFAIL) {
                return Observed.seen(new DnsValidation(host, Status.INSECURE, ""));
            }
            return failure.isPresent()
                    ? Observed.unknown(failure.get().phrase() + " for the DNSSEC records of " + host)
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

    private static Observed<DnsValidation> bogus(String host, String reason) {
        return Observed.seen(new DnsValidation(host, Status.BOGUS, reason));
    }

    /** The validator leaves its reason in a TXT record of a class of its own. */
    private static String reason(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
                .filter(TXTRecord.class::isInstance)
                .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                .findFirst()
                .orElse("the signatures do not hold");
    }
}
