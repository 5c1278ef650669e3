package dev.websentry.testsite.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone in zone-file form, signed when asked for; signatures are made when they are needed. */
public final class TestZone {
    private static final int TTL = 300;
    private static final int MOST_KEPT = 500;

    private final Name origin;
    private final Record start;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    /** Every name of a record, and every name above one. */
    private final Set<Name> names = ConcurrentHashMap.newKeySet();

    private final Map<List<Record>, Record> signatures = new ConcurrentHashMap<>();
    private final Map<List<Record>, Record> signedAhead = new ConcurrentHashMap<>();
    private @Nullable KeyPair keys;
    private @Nullable DNSKEYRecord key;
    private Instant signed = Instant.now();
    private boolean broken;
    private boolean hashed;

    private TestZone(Name origin) {
        this.origin = origin;
        start = new SOARecord(origin, DClass.IN, TTL, origin, origin, 1, 3600, 600, 86400, TTL);
        put(start);
    }

    /**
     * A zone.
     *
     * @param origin such as {@code example.com.}
     * @param text records in zone-file form, without TTL and class, names relative to the origin
     */
    public static TestZone of(String origin, String text) {
        TestZone zone = new TestZone(Name.fromConstantString(origin));
        try (Master master = new Master(
                new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.ISO_8859_1)), zone.origin, TTL)) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                zone.put(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zone;
    }

    public TestZone add(Record record) {
        put(record);
        return this;
    }

    private void put(Record record) {
        Name name = record.getName();
        records.merge(
                name,
                List.of(record),
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
        for (int above = 0; above < name.labels(); above++) {
            names.add(new Name(name, above));
        }
    }

    private List<Record> at(Name name) {
        return records.getOrDefault(name, List.of());
    }

    /** @param when the middle of the signatures' two days of validity */
    public TestZone signed(Instant when) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            key = new DNSKEYRecord(
                    origin,
                    DClass.IN,
                    TTL,
                    DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                    DNSKEYRecord.Protocol.DNSSEC,
                    DNSSEC.Algorithm.ECDSAP256SHA256,
                    keys.getPublic());
            put(key);
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
        signed = when;
        return this;
    }

    /** Signs all that is in the zone now, as is usual for zones, instead of when it is asked for. */
    public TestZone ahead() {
        for (Name name : records.keySet()) {
            at(name).stream()
                    .collect(Collectors.groupingBy(Record::getType))
                    .values()
                    .forEach(set -> signedAhead.put(set, sign(set)));
            denials(name).stream().map(List::of).forEach(set -> signedAhead.put(set, sign(set)));
        }
        return this;
    }

    /** Signatures that do not fit the records. */
    public TestZone broken() {
        broken = true;
        return this;
    }

    /** Denies with NSEC3 instead of NSEC, one record for each name that is denied (RFC 5155, RFC 7129 appendix B). */
    public TestZone hashed() {
        hashed = true;
        return this;
    }

    /** The zone's DS record, for its parent or as a trust anchor. */
    public DSRecord ds() {
        return new DSRecord(origin, DClass.IN, TTL, DNSSEC.Digest.SHA256, key());
    }

    /** The zone's key, as a trust anchor. */
    public Record dnskey() {
        return key();
    }

    /** Delegates to a child: NS, and DS where the child is signed. */
    public TestZone delegate(TestZone child) {
        Name server = Name.fromConstantString("ns.invalid.");
        put(new org.xbill.DNS.NSRecord(child.origin, DClass.IN, TTL, server));
        if (child.key != null) {
            put(child.ds());
        }
        return this;
    }

    Name origin() {
        return origin;
    }

    boolean isSigned() {
        return key != null;
    }

    /** The records at a name, or at the wildcard that stands for it. */
    List<Record> at(Name name, int type) {
        List<Record> found = at(name);
        if (found.isEmpty() && !exists(name)) {
            found = wildcard(name)
                    .map(wild -> at(wild).stream()
                            .map(record -> record.withName(name))
                            .toList())
                    .orElse(List.of());
        }
        return found.stream().filter(record -> record.getType() == type).toList();
    }

    /** Whether the name, something below it or a wildcard above it exists. */
    boolean exists(Name name) {
        return names.contains(name);
    }

    boolean answersFor(Name name) {
        return exists(name) || wildcard(name).isPresent();
    }

    Record start() {
        return start;
    }

    /** What proves that a name has none of the types asked for, or is not there. */
    List<Record> denials(Name name) {
        if (!hashed) {
            return List.of(denial(name));
        }
        HashedDenial denial = new HashedDenial(origin, TTL);
        if (answersFor(name)) {
            return List.of(denial.matching(name, types(name)));
        }
        Name nextCloser = name;
        Name closest = new Name(name, 1);
        while (!exists(closest)) {
            nextCloser = closest;
            closest = new Name(closest, 1);
        }
        Name wildcard = Name.fromConstantString("*." + closest);
        return List.of(
                denial.matching(closest, types(closest)), denial.covering(nextCloser), denial.covering(wildcard));
    }

    boolean isHashed() {
        return hashed;
    }

    private int[] types(Name name) {
        return at(name).stream().mapToInt(Record::getType).distinct().sorted().toArray();
    }

    /** Says that a name has none but these types; for a name that is not there, that it has none (RFC 9824). */
    private Record denial(Name name) {
        int[] types = java.util.stream.IntStream.concat(
                        java.util.Arrays.stream(types(name)), java.util.stream.IntStream.of(Type.RRSIG, Type.NSEC))
                .sorted()
                .toArray();
        try {
            Name next = Name.concatenate(Name.fromString("\\000"), name);
            return new NSECRecord(name, DClass.IN, TTL, next, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when it is needed for the first time, and kept for a while: making one costs more than all else in an answer. */
    Record signature(List<Record> set) {
        Record ahead = signedAhead.get(set);
        if (ahead != null) {
            return ahead;
        }
        if (signatures.size() > MOST_KEPT) {
            signatures.clear();
        }
        return signatures.computeIfAbsent(List.copyOf(set), this::sign);
    }

    private Record sign(List<Record> set) {
        RRset rrset = new RRset();
        for (Record record : set) {
            rrset.addRR(record);
        }
        if (broken && set.get(0).getType() != Type.DNSKEY) {
            rrset = new RRset(new org.xbill.DNS.TXTRecord(set.get(0).getName(), DClass.IN, TTL, "not these records"));
        }
        try {
            KeyPair pair = java.util.Objects.requireNonNull(keys);
            Record made = DNSSEC.sign(
                    rrset, key(), pair.getPrivate(), signed.minus(Duration.ofDays(1)), signed.plus(Duration.ofDays(1)));
            return broken && set.get(0).getType() != Type.DNSKEY
                    ? covering(made, set.get(0).getType())
                    : made;
        } catch (DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Record covering(Record made, int type) {
        org.xbill.DNS.RRSIGRecord other = (org.xbill.DNS.RRSIGRecord) made;
        return new org.xbill.DNS.RRSIGRecord(
                other.getName(),
                DClass.IN,
                TTL,
                type,
                other.getAlgorithm(),
                other.getOrigTTL(),
                other.getExpire(),
                other.getTimeSigned(),
                other.getFootprint(),
                other.getSigner(),
                other.getSignature());
    }

    private DNSKEYRecord key() {
        return java.util.Objects.requireNonNull(key, "the zone is not signed");
    }

    /** RFC 4592: the wildcard at the closest name that exists. */
    private Optional<Name> wildcard(Name name) {
        Name parent = name;
        while (parent.labels() > origin.labels()) {
            parent = new Name(parent, 1);
            if (exists(parent)) {
                Name wild = Name.fromConstantString("*." + parent);
                return at(wild).isEmpty() ? Optional.empty() : Optional.of(wild);
            }
        }
        return Optional.empty();
    }
}
