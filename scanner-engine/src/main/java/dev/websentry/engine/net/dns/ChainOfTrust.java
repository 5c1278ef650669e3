package dev.websentry.engine.net.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The DS records that lead from a trust anchor down to the zone that signed an answer, and that zone's keys, RFC 4035 section 5,
 * as one scan got them.
 */
final class ChainOfTrust {
    private final DnsClient dns;
    private final Instant now;
    private final Message end;
    private final List<Link> links = new ArrayList<>();
    private String proof;

    private ChainOfTrust(DnsClient dns, Instant now, Message end, List<String> anchors) {
        this.dns = dns;
        this.now = now;
        this.end = end;
        this.proof = ByteString.encodeUtf8(String.join("\n", anchors)).sha256().hex();
    }

    /**
     * Where a validation may begin, once it is proven.
     *
     * @param records of a zone below the anchor, as they were received: its DS records, or, last of all, its keys
     * @param proof of the anchors and of every answer that a validation of the records has to look at, a fingerprint: equal
     *     ones mean equal answers. TTLs, which a resolver counts down and nobody signs, do not count.
     */
    record Link(RRset records, String proof) {}

    /**
     * The links that can be told apart, from the anchor down. The chain ends early where an answer is missing or is not signed
     * for this time, and is empty where the answer is not signed by exactly one zone below the anchor.
     *
     * @param anchor the name of the closest trust anchor
     * @param answer the answer that the chain is to prove
     * @param now signatures have to be valid then
     */
    static List<Link> of(DnsClient dns, List<String> anchors, Name anchor, Message answer, Instant now) {
        Set<Name> signers = signatures(answer).map(RRSIGRecord::getSigner).collect(Collectors.toSet());
        ChainOfTrust chain = new ChainOfTrust(dns, now, answer, anchors);
        if (signers.size() == 1) {
            chain.walk(anchor, signers.iterator().next());
        }
        return chain.links;
    }

    private void walk(Name anchor, Name zone) {
        if (!zone.subdomain(anchor) || !follow(anchor, Type.DNSKEY)) {
            return;
        }
        for (int above = zone.labels() - anchor.labels() - 1; above >= 0; above--) {
            Name name = new Name(zone, above);
            if (!follow(name, Type.DS)) {
                return;
            }
            Optional<RRset> ds = only(name, Type.DS);
            if (ds.isPresent()) {
                links.add(new Link(ds.get(), proof));
                if (!follow(name, Type.DNSKEY)) {
                    return;
                }
                if (above == 0 && hasOneAlgorithm(ds.get())) {
                    only(name, Type.DNSKEY).ifPresent(keys -> links.add(new Link(keys, proof)));
                }
            }
        }
    }

    /** Where DS records name several algorithms, the validator has to see them to ask for signatures by each. */
    private boolean hasOneAlgorithm(RRset ds) {
        Stream<Integer> delegated = ds.rrs().stream().map(record -> ((DSRecord) record).getAlgorithm());
        Stream<Integer> signed = signatures(end).map(RRSIGRecord::getAlgorithm);
        return Stream.concat(delegated, signed).distinct().count() == 1;
    }

    /** Adds an answer to the proof; whether there is one, with signatures of which each is valid now. */
    private boolean follow(Name name, int type) {
        Optional<Message> answer = answer(name, type);
        if (answer.isEmpty() || signatures(answer.get()).findAny().isEmpty()) {
            return false;
        }
        if (signatures(answer.get())
                .anyMatch(sig -> now.isBefore(sig.getTimeSigned()) || now.isAfter(sig.getExpire()))) {
            return false;
        }
        Buffer seen = new Buffer().writeUtf8(proof).writeByte(answer.get().getRcode());
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
            List<ByteString> records = answer.get().getSection(section).stream()
                    .map(ChainOfTrust::content)
                    .sorted()
                    .toList();
            seen.writeInt(records.size());
            records.forEach(record -> seen.writeInt(record.size()).write(record));
        }
        proof = seen.sha256().hex();
        return true;
    }

    private Optional<Message> answer(Name name, int type) {
        DnsReply reply = dns.reply(name, type, false);
        return reply.isFinal() ? reply.message() : Optional.empty();
    }

    /** The records of an answer that holds nothing but them and their signatures; empty where there are none. */
    private Optional<RRset> only(Name name, int type) {
        List<Record> all = answer(name, type).orElseThrow().getSection(Section.ANSWER);
        List<Record> records =
                all.stream().filter(record -> record.getType() == type).toList();
        boolean plain = all.stream()
                .allMatch(record ->
                        record.getName().equals(name) && (record.getType() == type || record.getType() == Type.RRSIG));
        return plain && !records.isEmpty() ? Optional.of(new RRset(records.toArray(Record[]::new))) : Optional.empty();
    }

    private static Stream<RRSIGRecord> signatures(Message message) {
        return Stream.of(Section.ANSWER, Section.AUTHORITY)
                .flatMap(section -> message.getSection(section).stream())
                .filter(RRSIGRecord.class::isInstance)
                .map(RRSIGRecord.class::cast);
    }

    /** Everything of a record but its TTL. */
    private static ByteString content(Record record) {
        return new Buffer()
                .write(record.getName().toWireCanonical())
                .writeShort(record.getType())
                .writeShort(record.getDClass())
                .write(record.rdataToWireCanonical())
                .readByteString();
    }
}
