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

/** A DNS zone defined in zone file format, optionally signed. Signatures are created on demand. */
public final class TestZone {
    private static final int TTL = 300;
    private static final int MAX_CACHED = 500;

    private final Name origin;
    private final Record soa;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    /** All names with records, and all their parent names. */
    private final Set<Name> names = ConcurrentHashMap.newKeySet();

    private final Map<List<Record>, Record> signatures = new ConcurrentHashMap<>();
    private final Map<List<Record>, Record> presignedSets = new ConcurrentHashMap<>();
    private @Nullable KeyPair keys;
    private @Nullable DNSKEYRecord key;
    private Instant signatureTime = Instant.now();
    private boolean brokenSignatures;
    private boolean nsec3;

    private TestZone(Name origin) {
        this.origin = origin;
        soa = new SOARecord(origin, DClass.IN, TTL, origin, origin, 1, 3600, 600, 86400, TTL);
        put(soa);
    }

    /**
     * Creates a zone.
     *
     * @param origin such as {@code example.com.}
     * @param text records in zone file format, without TTL and class; names are relative to the origin
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

    /** Adds a record. */
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
        for (int skippedLabels = 0; skippedLabels < name.labels(); skippedLabels++) {
            names.add(new Name(name, skippedLabels));
        }
    }

    private List<Record> records(Name name) {
        return records.getOrDefault(name, List.of());
    }

    /**
     * Signs the zone with a new key.
     *
     * @param when middle of the two days for which the signatures are valid
     */
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
        signatureTime = when;
        return this;
    }

    /** Signs all current records immediately, instead of on demand. */
    public TestZone presign() {
        for (Name name : records.keySet()) {
            records(name).stream()
                    .collect(Collectors.groupingBy(Record::getType))
                    .values()
                    .forEach(set -> presignedSets.put(set, sign(set)));
            denialRecords(name).stream().map(List::of).forEach(set -> presignedSets.put(set, sign(set)));
        }
        return this;
    }

    /** Makes the zone return signatures that do not match the records. */
    public TestZone withBrokenSignatures() {
        brokenSignatures = true;
        return this;
    }

    /** Uses NSEC3 instead of NSEC for denials, with one record per denied name (RFC 5155, RFC 7129 appendix B). */
    public TestZone withNsec3() {
        nsec3 = true;
        return this;
    }

    /** Returns the DS record of the zone, for the parent zone or as a trust anchor. */
    public DSRecord ds() {
        return new DSRecord(origin, DClass.IN, TTL, DNSSEC.Digest.SHA256, key());
    }

    /** Returns the DNSKEY record of the zone, for use as a trust anchor. */
    public Record dnskey() {
        return key();
    }

    /** Delegates to a child zone with an NS record, and with a DS record if the child is signed. */
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

    /** Returns the records of a name, synthesized from a wildcard if necessary. */
    List<Record> records(Name name, int type) {
        List<Record> found = records(name);
        if (found.isEmpty() && !exists(name)) {
            found = wildcard(name)
                    .map(wildcardName -> records(wildcardName).stream()
                            .map(record -> record.withName(name))
                            .toList())
                    .orElse(List.of());
        }
        return found.stream().filter(record -> record.getType() == type).toList();
    }

    /** Returns whether the name or a subdomain of it exists. */
    boolean exists(Name name) {
        return names.contains(name);
    }

    /** Returns whether the name exists or a wildcard matches it. */
    boolean matches(Name name) {
        return exists(name) || wildcard(name).isPresent();
    }

    /** Returns the SOA record. */
    Record soa() {
        return soa;
    }

    /**
     * Returns the NSEC or NSEC3 records that prove that a name does not exist, or has no records of the queried type.
     */
    List<Record> denialRecords(Name name) {
        if (!nsec3) {
            return List.of(denial(name));
        }
        Nsec3Denial denial = new Nsec3Denial(origin, TTL);
        if (matches(name)) {
            return List.of(denial.matching(name, types(name)));
        }
        Name nextCloser = name;
        Name closest = new Name(name, 1);
        while (!exists(closest)) {
            nextCloser = closest;
            closest = new Name(closest, 1);
        }
        Name wildcard = wildcardOf(closest);
        return List.of(
                denial.matching(closest, types(closest)), denial.covering(nextCloser), denial.covering(wildcard));
    }

    boolean usesNsec3() {
        return nsec3;
    }

    private int[] types(Name name) {
        return records(name).stream()
                .mapToInt(Record::getType)
                .distinct()
                .sorted()
                .toArray();
    }

    /**
     * Returns an NSEC record with the types of a name; for a nonexistent name, without types (compact denial, RFC
     * 9824).
     */
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

    /**
     * Returns the signature of a record set. Signatures are cached, since creating one dominates the cost of a
     * response.
     */
    Record signature(List<Record> set) {
        Record presigned = presignedSets.get(set);
        if (presigned != null) {
            return presigned;
        }
        if (signatures.size() > MAX_CACHED) {
            signatures.clear();
        }
        return signatures.computeIfAbsent(List.copyOf(set), this::sign);
    }

    private Record sign(List<Record> set) {
        RRset rrset = new RRset();
        for (Record record : set) {
            rrset.addRR(record);
        }
        if (brokenSignatures && set.get(0).getType() != Type.DNSKEY) {
            rrset = new RRset(new org.xbill.DNS.TXTRecord(set.get(0).getName(), DClass.IN, TTL, "not these records"));
        }
        try {
            KeyPair pair = java.util.Objects.requireNonNull(keys);
            Record made = DNSSEC.sign(
                    rrset,
                    key(),
                    pair.getPrivate(),
                    signatureTime.minus(Duration.ofDays(1)),
                    signatureTime.plus(Duration.ofDays(1)));
            return brokenSignatures && set.get(0).getType() != Type.DNSKEY
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

    /** Returns the wildcard at the closest existing ancestor (RFC 4592). */
    private Optional<Name> wildcard(Name name) {
        Name parent = name;
        while (parent.labels() > origin.labels()) {
            parent = new Name(parent, 1);
            if (exists(parent)) {
                Name wildcardName = wildcardOf(parent);
                return records(wildcardName).isEmpty() ? Optional.empty() : Optional.of(wildcardName);
            }
        }
        return Optional.empty();
    }

    /** Returns the wildcard of a name; the text of the root name would make an empty label. */
    private static Name wildcardOf(Name parent) {
        return parent.equals(Name.root) ? Name.fromConstantString("*.") : Name.fromConstantString("*." + parent);
    }
}
