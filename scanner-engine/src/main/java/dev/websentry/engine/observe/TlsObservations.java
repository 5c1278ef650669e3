package dev.websentry.engine.observe;

import java.util.List;
import okio.ByteString;

/**
 * What TLS probes showed of the requested host.
 *
 * @param endpoints one for each address that was asked, at most four; none where the target is plain http
 * @param unresolved why there are no endpoints to speak of, where the host has no address; empty text otherwise
 * @param anchors the trusted roots by which the served chains may end, each DER
 * @param fetchedIssuers certificates that were fetched where served ones name their issuers (RFC 5280 section 4.2.2.1)
 * @param revocation answers to the question whether the served leaves are revoked
 */
public record TlsObservations(
        List<TlsEndpoint> endpoints,
        String unresolved,
        List<byte[]> anchors,
        List<byte[]> fetchedIssuers,
        List<RevocationAnswer> revocation) {

    public TlsObservations {
        endpoints = List.copyOf(endpoints);
        anchors = List.copyOf(anchors);
        fetchedIssuers = List.copyOf(fetchedIssuers);
        revocation = List.copyOf(revocation);
    }

    /** No endpoint was asked. */
    public static TlsObservations none(String reason) {
        return new TlsObservations(List.of(), reason, List.of(), List.of(), List.of());
    }

    /** Whether any address answered a ClientHello with a ServerHello. */
    public boolean answered() {
        return endpoints.stream().anyMatch(TlsEndpoint::answered);
    }

    /**
     * A signed statement on a certificate's revocation.
     *
     * @param leaf the certificate that was asked about, DER
     * @param response DER
     */
    public record RevocationAnswer(ByteString leaf, Kind kind, ByteString response) {
        /** Where a statement comes from. */
        public enum Kind {
            /** The server sent it in the handshake. */
            STAPLED_OCSP,
            /** The CA's OCSP responder. */
            OCSP,
            /** The CA's revocation list. */
            CRL
        }
    }
}
