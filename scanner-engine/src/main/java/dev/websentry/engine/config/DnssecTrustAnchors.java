package dev.websentry.engine.config;

import dev.websentry.engine.syntax.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Parses the DNSSEC trust anchors of a private DNS root. Invalid anchors are rejected before the scan begins. */
public final class DnssecTrustAnchors {
    private static final long ANY_TTL = 3600;
    private static final int MAX_QUOTE_LENGTH = 100;

    private DnssecTrustAnchors() {}

    /**
     * Parses DS and DNSKEY records in zone-file form. Comments and empty lines are allowed; owner names are absolute.
     *
     * @param texts the lines of one zone file, or complete records
     * @return the records, one per element, as {@link ScanOptions#trustAnchors()} expects them; never empty
     * @throws IllegalArgumentException if the texts contain anything else or no record; the message names the problem
     */
    public static List<String> parse(List<String> texts) {
        byte[] zone = (String.join("\n", texts) + "\n").getBytes(StandardCharsets.UTF_8);
        List<String> anchors = new ArrayList<>();
        try (Master master = new Master(new ByteArrayInputStream(zone), Name.root, ANY_TTL)) {
            master.disableIncludes(true);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                anchors.add(usable(record).toString());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the trust anchors are not DNS records in zone-file form: " + e.getMessage(), e);
        }
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException(
                    "the trust anchors contain no record: expected DS or DNSKEY records such as '. IN DS 20326 8 2 E06D...'");
        }
        return List.copyOf(anchors);
    }

    private static Record usable(Record record) {
        if (record instanceof DSRecord ds) {
            requireDigest(ds);
            return ds;
        }
        if (record instanceof DNSKEYRecord key) {
            requireKey(key);
            return key;
        }
        throw refused(record, "is neither a DS nor a DNSKEY record");
    }

    /** The length of the digest has been checked by the zone-file parser, which knows the digest types. */
    private static void requireDigest(DSRecord ds) {
        int type = ds.getDigestID();
        if (type != DNSSEC.Digest.SHA1 && type != DNSSEC.Digest.SHA256 && type != DNSSEC.Digest.SHA384) {
            throw refused(ds, "has an unknown digest type: expected 2 (SHA-256) or 4 (SHA-384)");
        }
    }

    private static void requireKey(DNSKEYRecord key) {
        if ((key.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) == 0 || (key.getFlags() & DNSKEYRecord.Flags.REVOKE) != 0) {
            throw refused(key, "is not a zone key or is revoked (RFC 4034 section 2.1.1, RFC 5011 section 2.1)");
        }
        try {
            key.getPublicKey();
        } catch (DNSSEC.DNSSECException | RuntimeException e) {
            throw refused(key, "does not contain a readable key");
        }
    }

    private static IllegalArgumentException refused(Record record, String why) {
        return new IllegalArgumentException(
                "the trust anchor '" + Excerpt.of(record.toString(), MAX_QUOTE_LENGTH) + "' " + why);
    }
}
