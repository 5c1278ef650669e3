package dev.websentry.engine.observation;

import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * The TLS observations of the requested host.
 *
 * @param endpoints one endpoint per probed address, at most four; empty if the target is plain HTTP
 * @param unresolved why there are no endpoints if the host has no address; an empty string otherwise
 * @param anchors the trusted root certificates in which the served chains may end, in DER
 * @param fetchedIssuers the issuer certificates that were fetched from the URLs in served certificates (RFC 5280
 *     section 4.2.2.1)
 * @param revocation the statements on the revocation of the served leaf certificates
 * @param roots which root store decided, and the roots of all stores; empty in recordings of older versions and if
 *     nothing was probed
 */
public record TlsObservations(
        List<TlsEndpoint> endpoints,
        String unresolved,
        List<byte[]> anchors,
        List<byte[]> fetchedIssuers,
        List<RevocationStatement> revocation,
        Optional<TrustedRoots> roots) {
    /** Creates observations that do not tell where the anchors come from. */
    public TlsObservations(
            List<TlsEndpoint> endpoints,
            String unresolved,
            List<byte[]> anchors,
            List<byte[]> fetchedIssuers,
            List<RevocationStatement> revocation) {
        this(endpoints, unresolved, anchors, fetchedIssuers, revocation, Optional.empty());
    }

    public TlsObservations {
        endpoints = List.copyOf(endpoints);
        anchors = List.copyOf(anchors);
        fetchedIssuers = List.copyOf(fetchedIssuers);
        revocation = List.copyOf(revocation);
    }

    /**
     * Returns observations without endpoints.
     *
     * @param reason why no endpoint was probed
     * @return the empty observations
     */
    public static TlsObservations notProbed(String reason) {
        return new TlsObservations(List.of(), reason, List.of(), List.of(), List.of());
    }

    /**
     * Returns a copy with other certificates to validate chains with.
     *
     * @param otherAnchors the trusted root certificates in DER
     * @param otherIssuers the downloaded issuer certificates in DER
     * @param otherRoots the roots of all stores
     */
    public TlsObservations withChainContext(
            List<byte[]> otherAnchors, List<byte[]> otherIssuers, Optional<TrustedRoots> otherRoots) {
        return new TlsObservations(endpoints, unresolved, otherAnchors, otherIssuers, revocation, otherRoots);
    }

    /** Returns whether any address answered a ClientHello with a ServerHello. */
    public boolean answered() {
        return endpoints.stream().anyMatch(TlsEndpoint::answered);
    }

    /**
     * A signed statement on the revocation of a certificate.
     *
     * @param leaf the certificate in DER
     * @param kind the source of the statement
     * @param response the OCSP response or the certificate revocation list in DER
     */
    public record RevocationStatement(ByteString leaf, RevocationSource kind, ByteString response) {
        /** The source of a statement. */
        public enum RevocationSource {
            /** The server sent it in the handshake. */
            STAPLED_OCSP,
            /** The OCSP responder of the CA sent it. */
            OCSP,
            /** The certificate revocation list of the CA. */
            CRL
        }
    }
}
