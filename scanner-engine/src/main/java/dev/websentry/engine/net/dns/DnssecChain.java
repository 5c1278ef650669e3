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
 * The DNSSEC chain of trust of an answer, as one scan received it: the DS records from a trust anchor down to the zone
 * that signed the answer, and the keys of that zone (RFC 4035 section 5).
 */
final class DnssecChain {
    private final DnsClient dns;
    private final Instant now;
    private final Message answer;
    private final List<DnssecChainLink> links = new ArrayList<>();
    private String proof;

    private DnssecChain(DnsClient dns, Instant now, Message answer, List<String> anchors) {
        this.dns = dns;
        this.now = now;
        this.answer = answer;
        this.proof = ByteString.encodeUtf8(String.join("\n", anchors)).sha256().hex();
    }

    /**
     * A link of the chain. Once it is validated, later validations may start from it.
     *
     * @param rrset the records of a zone below the anchor as received: its DS records or, for the last link, its keys
     * @param fingerprint a fingerprint of the anchors and of all answers that a validation of the records depends on.
     *     Equal fingerprints mean equal answers. TTLs are excluded because resolvers count them down and they are not
     *     signed.
     */
    record DnssecChainLink(RRset rrset, String fingerprint) {}

    /**
     * Collects the links of the chain, from the anchor down. The chain ends early if an answer is missing or has no
     * signatures that are valid at the given time. It is empty if the answer is not signed by exactly one zone below
     * the anchor.
     *
     * @param dns the client that holds or queries the answers
     * @param anchors the trust anchors in zone-file format
     * @param anchor the name of the closest trust anchor
     * @param answer the answer to be validated
     * @param now the time at which signatures have to be valid
     * @return the links, from the anchor down
     */
    static List<DnssecChainLink> collect(
            DnsClient dns, List<String> anchors, Name anchor, Message answer, Instant now) {
        Set<Name> signers = signatures(answer).map(RRSIGRecord::getSigner).collect(Collectors.toSet());
        DnssecChain chain = new DnssecChain(dns, now, answer, anchors);
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
                links.add(new DnssecChainLink(ds.get(), proof));
                if (!follow(name, Type.DNSKEY)) {
                    return;
                }
                if (above == 0 && hasOneAlgorithm(ds.get())) {
                    only(name, Type.DNSKEY).ifPresent(keys -> links.add(new DnssecChainLink(keys, proof)));
                }
            }
        }
    }

    /** If DS records name several algorithms, the validator needs them, because it requires a signature by each. */
    private boolean hasOneAlgorithm(RRset ds) {
        Stream<Integer> delegated = ds.rrs().stream().map(record -> ((DSRecord) record).getAlgorithm());
        Stream<Integer> signed = signatures(answer).map(RRSIGRecord::getAlgorithm);
        return Stream.concat(delegated, signed).distinct().count() == 1;
    }

    /**
     * Adds an answer to the fingerprint. Returns false if it is missing or if any of its signatures is not valid now.
     */
    private boolean follow(Name name, int type) {
        Optional<Message> reply = reply(name, type);
        if (reply.isEmpty() || signatures(reply.get()).findAny().isEmpty()) {
            return false;
        }
        if (signatures(reply.get())
                .anyMatch(sig -> now.isBefore(sig.getTimeSigned()) || now.isAfter(sig.getExpire()))) {
            return false;
        }
        Buffer seen = new Buffer().writeUtf8(proof).writeByte(reply.get().getRcode());
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
            List<ByteString> records = reply.get().getSection(section).stream()
                    .map(DnssecChain::content)
                    .sorted()
                    .toList();
            seen.writeInt(records.size());
            records.forEach(record -> seen.writeInt(record.size()).write(record));
        }
        proof = seen.sha256().hex();
        return true;
    }

    private Optional<Message> reply(Name name, int type) {
        DnsReply reply = dns.query(name, type, false);
        return reply.isDefinite() ? reply.message() : Optional.empty();
    }

    /** Returns the records of an answer that consists only of them and their signatures; empty otherwise. */
    private Optional<RRset> only(Name name, int type) {
        List<Record> all = reply(name, type).orElseThrow().getSection(Section.ANSWER);
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

    /** Returns the canonical content of a record without its TTL. */
    private static ByteString content(Record record) {
        return new Buffer()
                .write(record.getName().toWireCanonical())
                .writeShort(record.getType())
                .writeShort(record.getDClass())
                .write(record.rdataToWireCanonical())
                .readByteString();
    }
}
