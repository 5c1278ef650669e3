package dev.websentry.testsite.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.utils.base32;

/**
 * Creates NSEC3 records (RFC 5155) without salt and additional iterations (RFC 9276).
 *
 * @param origin origin of the zone
 * @param ttl TTL in seconds
 */
record Nsec3Denial(Name origin, int ttl) {
    private static final int OCTETS = 20;
    private static final base32 BASE32 = new base32(base32.Alphabet.BASE32HEX, false, false);

    /** Returns a record that matches a name and lists its types. */
    Record matching(Name name, int... types) {
        return record(hash(name), 0, types);
    }

    /** Returns a record that covers a name, which proves that the name does not exist. */
    Record covering(Name name) {
        return record(hash(name), -1);
    }

    private Record record(BigInteger hash, int before, int... types) {
        byte[] next = octets(hash.add(BigInteger.ONE));
        Name owner;
        try {
            owner = Name.concatenate(
                    Name.fromString(BASE32.toString(octets(hash.add(BigInteger.valueOf(before))))), origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NSEC3Record(owner, DClass.IN, ttl, NSEC3Record.Digest.SHA1, 0, 0, null, next, types);
    }

    private BigInteger hash(Name name) {
        try {
            NSEC3Record parameters = new NSEC3Record(
                    origin, DClass.IN, ttl, NSEC3Record.Digest.SHA1, 0, 0, null, new byte[OCTETS], new int[0]);
            return new BigInteger(1, parameters.hashName(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] octets(BigInteger hash) {
        byte[] all = new byte[OCTETS];
        byte[] bytes = hash.toByteArray();
        int length = Math.min(OCTETS, bytes.length);
        System.arraycopy(bytes, bytes.length - length, all, OCTETS - length, length);
        return all;
    }
}
