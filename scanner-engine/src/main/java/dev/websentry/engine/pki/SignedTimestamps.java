package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.DerElement;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okio.ByteString;

/**
 * The signed certificate timestamps (SCTs, RFC 6962) of a certificate. Their signatures are not verified, because the
 * engine has no list of logs.
 *
 * @param embedded the timestamps in the certificate, by log id
 * @param delivered the timestamps in the handshake and in the stapled OCSP response, by log id
 */
public record SignedTimestamps(Map<ByteString, Instant> embedded, Map<ByteString, Instant> delivered) {
    /** The extension that contains timestamps in a certificate (RFC 6962 section 3.3). */
    private static final String EMBEDDED_LIST = "1.3.6.1.4.1.11129.2.4.2";
    /** The object identifier 1.3.6.1.4.1.11129.2.4.5 of the extension of an OCSP response. */
    private static final byte[] OCSP_LIST = {0x2b, 6, 1, 4, 1, (byte) 0xd6, 0x79, 2, 4, 5};

    private static final int LOG_ID_BYTES = 32;
    /** Version, log id, timestamp and the length of the extensions. */
    private static final int MIN_TIMESTAMP_BYTES = 1 + LOG_ID_BYTES + 8 + 2;

    private static final int MAX_TIMESTAMPS = 100;
    /** Deeper than the extensions of a single response. */
    private static final int MAX_DEPTH = 12;

    private static final int CONSTRUCTED = 0x20;
    /** The lifetime up to which two timestamps suffice (Chrome's certificate transparency policy). */
    private static final Duration MAX_SHORT_LIFETIME = Duration.ofDays(180);

    public SignedTimestamps {
        embedded = Map.copyOf(embedded);
        delivered = Map.copyOf(delivered);
    }

    /**
     * Collects the timestamps of a certificate from all three sources.
     *
     * @param leaf the certificate
     * @param handshake the list that the server sent in the handshake, if any
     * @param ocsp the stapled OCSP response, if any
     */
    public static SignedTimestamps of(X509Certificate leaf, Optional<byte[]> handshake, Optional<byte[]> ocsp) {
        Map<ByteString, Instant> embedded = new HashMap<>();
        Map<ByteString, Instant> delivered = new HashMap<>();
        Certificates.extension(leaf, EMBEDDED_LIST)
                .filter(list -> list.tag() == DerElement.OCTET_STRING)
                .ifPresent(list -> read(list.content(), embedded));
        handshake.ifPresent(list -> read(list, delivered));
        ocsp.flatMap(SignedTimestamps::ocspList).ifPresent(list -> read(list, delivered));
        return new SignedTimestamps(embedded, delivered);
    }

    /** Returns the earliest timestamp, which is about the time of issuance. */
    public Optional<Instant> earliest() {
        return Stream.concat(embedded.values().stream(), delivered.values().stream())
                .min(Instant::compareTo);
    }

    /** Returns the number of distinct logs. */
    public int logs() {
        return (int) Stream.concat(embedded.keySet().stream(), delivered.keySet().stream())
                .distinct()
                .count();
    }

    /**
     * Returns the number of logs that Chrome's policy requires: for timestamps in the certificate 2 up to a lifetime of
     * 180 days and 3 above, for other timestamps 2.
     */
    public int requiredLogs(X509Certificate leaf) {
        Duration lifetime = Duration.between(
                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
        return embedded.isEmpty() || lifetime.compareTo(MAX_SHORT_LIFETIME) <= 0 ? 2 : 3;
    }

    /** Returns whether there are enough timestamps; the operators of the logs and the signatures are not checked. */
    public boolean suffice(X509Certificate leaf) {
        return delivered.size() >= 2 || (!embedded.isEmpty() && embedded.size() >= requiredLogs(leaf));
    }

    /** Reads a SignedCertificateTimestampList; each entry and the list are preceded by a length of 2 bytes. */
    private static void read(byte[] list, Map<ByteString, Instant> found) {
        int position = 2;
        while (position + 2 <= list.length && found.size() < MAX_TIMESTAMPS) {
            int length = (list[position] & 0xff) << 8 | (list[position + 1] & 0xff);
            int start = position + 2;
            position = start + length;
            boolean version1 = length >= MIN_TIMESTAMP_BYTES && position <= list.length && list[start] == 0;
            if (version1) {
                ByteString log = ByteString.of(list, start + 1, LOG_ID_BYTES);
                found.merge(log, timestamp(list, start + 1 + LOG_ID_BYTES), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
    }

    private static Instant timestamp(byte[] list, int start) {
        long milliseconds = 0;
        for (int i = 0; i < 8; i++) {
            milliseconds = milliseconds << 8 | (list[start + i] & 0xff);
        }
        return Instant.ofEpochMilli(milliseconds);
    }

    /** Finds the list in an OCSP response: an octet string within the octet string that follows the identifier. */
    private static Optional<byte[]> ocspList(byte[] response) {
        try {
            return find(List.of(DerElement.parse(response)), MAX_DEPTH)
                    .map(value -> DerElement.parse(value.content()))
                    .filter(list -> list.tag() == DerElement.OCTET_STRING)
                    .map(DerElement::content);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<DerElement> find(List<DerElement> elements, int depth) {
        if (elements.size() > 1
                && elements.get(0).tag() == DerElement.OBJECT_IDENTIFIER
                && Arrays.equals(elements.get(0).content(), OCSP_LIST)) {
            return Optional.of(elements.get(elements.size() - 1));
        }
        for (DerElement element : depth == 0 ? List.<DerElement>of() : elements) {
            boolean nested = (element.tag() & CONSTRUCTED) != 0 || element.tag() == DerElement.OCTET_STRING;
            Optional<DerElement> found = nested ? find(children(element), depth - 1) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns the elements inside an element; none if it contains something other than DER. */
    private static List<DerElement> children(DerElement element) {
        try {
            return element.children();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
