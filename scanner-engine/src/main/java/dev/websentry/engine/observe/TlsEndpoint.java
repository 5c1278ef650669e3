package dev.websentry.engine.observe;

import dev.websentry.engine.syntax.tls.CipherGroup;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one address of the host showed.
 *
 * @param address a literal; behind a proxy the host and the proxy
 * @param reach what is there at all
 * @param versions each version's answer
 * @param suites what was accepted of SSLv3 to TLS 1.2, group by group
 * @param chains the different certificate chains that were served
 * @param https the answer to an HTTP request over this runtime's own TLS
 * @param facts what the handshakes showed beside it
 */
public record TlsEndpoint(
        String address,
        Reach reach,
        Map<ProtocolVersion, Observed<Boolean>> versions,
        List<GroupAnswer> suites,
        List<ServedChain> chains,
        Exchange https,
        HandshakeFacts facts) {

    public TlsEndpoint {
        versions = Map.copyOf(versions);
        suites = List.copyOf(suites);
        chains = List.copyOf(chains);
    }

    /** An address that was not asked. */
    public static TlsEndpoint notAsked(String address, Reach reach, Exchange https) {
        return new TlsEndpoint(
                address,
                reach,
                Map.of(),
                List.of(),
                List.of(),
                https,
                new HandshakeFacts(List.of(), Optional.empty(), OptionalInt.empty(), false));
    }

    /** Whether it answered a ClientHello with a ServerHello. */
    public boolean answered() {
        return reach.kind() == Reach.Kind.TLS;
    }

    /**
     * What is there.
     *
     * @param detail a phrase for people
     */
    public record Reach(Kind kind, String detail) {
        /** What is there, as far as a client can tell. */
        public enum Kind {
            /** A server that answers a ClientHello with a ServerHello. */
            TLS,
            /** A server that answers something else, or ends every connection. */
            NOT_TLS,
            /** Nothing: connections are refused. */
            REFUSED,
            /** Nobody answers the SYN, twice. */
            SILENT,
            /** This machine has no route there. */
            NO_ROUTE,
            /** The address policy forbids it. */
            BLOCKED,
            /** The host is reached by way of a proxy, and past it this machine reaches nothing. */
            BEHIND_PROXY,
            /** Could not be determined. */
            UNKNOWN
        }
    }

    /**
     * What came of offering one group of suites.
     *
     * @param accepted the suites that the server chose when it was asked; empty when it wants none of the group
     * @param perhapsMore whether suites of the group were left unasked, for want of connections or time
     */
    public record GroupAnswer(CipherGroup group, Observed<List<CipherSuite>> accepted, boolean perhapsMore) {}

    /**
     * A served chain.
     *
     * @param certificates leaf first, each DER, at least one
     * @param how in which handshake, for people
     * @param stapledOcsp the OCSP response that came with it, DER
     */
    public record ServedChain(List<byte[]> certificates, String how, Optional<byte[]> stapledOcsp) {
        public ServedChain {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("a served chain has at least a leaf");
            }
        }

        public byte[] leaf() {
            return certificates.get(0);
        }
    }

    /**
     * What handshakes showed beside versions, suites and certificates.
     *
     * @param groups key-exchange groups that the server was seen to support
     * @param protocol what ALPN settled on, if anything
     * @param dhBits the size of the finite-field Diffie-Hellman prime, where the server has such suites
     * @param clientCertificateRequested whether a handshake asked for a client certificate
     */
    public record HandshakeFacts(
            List<String> groups, Optional<String> protocol, OptionalInt dhBits, boolean clientCertificateRequested) {
        public HandshakeFacts {
            groups = List.copyOf(groups);
        }
    }
}
