package dev.websentry.engine.observation;

import dev.websentry.engine.syntax.tls.CipherStrength;
import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The TLS observations of one address of the host.
 *
 * @param address the address literal; behind a proxy, the host and the proxy
 * @param reach whether the address is reachable and supports TLS
 * @param versions whether the server supports each protocol version
 * @param suites the cipher suites of SSLv3 to TLS 1.2 that the server accepted, by group
 * @param chains the distinct certificate chains that were served
 * @param https the result of an HTTP request over the TLS implementation of this runtime
 * @param facts other properties of the handshakes
 */
public record TlsEndpoint(
        String address,
        Reachability reach,
        Map<ProtocolVersion, Observation<Boolean>> versions,
        List<CipherGroupResult> suites,
        List<ServedCertificateChain> chains,
        HttpExchange https,
        HandshakeProperties facts) {

    public TlsEndpoint {
        versions = Map.copyOf(versions);
        suites = List.copyOf(suites);
        chains = List.copyOf(chains);
    }

    /**
     * Returns the observations of an address that was not probed.
     *
     * @param address the address literal
     * @param reach why it was not probed
     * @param https the result of an HTTP request
     * @return the observations, without handshakes
     */
    public static TlsEndpoint notProbed(String address, Reachability reach, HttpExchange https) {
        return new TlsEndpoint(
                address,
                reach,
                Map.of(),
                List.of(),
                List.of(),
                https,
                new HandshakeProperties(List.of(), Optional.empty(), OptionalInt.empty(), false));
    }

    /** Returns whether the server answered a ClientHello with a ServerHello. */
    public boolean answered() {
        return reach.kind() == Reachability.ReachabilityKind.TLS;
    }

    /**
     * The reachability of an address.
     *
     * @param kind the type of reachability
     * @param detail a phrase for people
     */
    public record Reachability(ReachabilityKind kind, String detail) {
        /** The type of reachability, as far as a client can determine it. */
        public enum ReachabilityKind {
            /** The server answers a ClientHello with a ServerHello. */
            TLS,
            /** The server answers with something else, or closes every connection. */
            NOT_TLS,
            /** Connections are refused. */
            REFUSED,
            /** Two SYNs were not answered. */
            SILENT,
            /** This machine has no route to the address. */
            NO_ROUTE,
            /** The address policy blocks the address. */
            BLOCKED,
            /** The host is only reachable through a proxy. */
            BEHIND_PROXY,
            /** The reachability could not be determined. */
            UNKNOWN
        }
    }

    /**
     * The result of offering one group of cipher suites.
     *
     * @param group the offered group
     * @param accepted the suites that the server chose; empty if it accepts none of the group
     * @param perhapsMore whether some suites of the group were not offered, because the limit of connections or
     *     time was reached
     */
    public record CipherGroupResult(
            CipherStrength group, Observation<List<CipherSuite>> accepted, boolean perhapsMore) {}

    /**
     * A certificate chain that the server sent.
     *
     * @param certificates the certificates in DER, leaf first, at least one
     * @param how a description of the handshake, for people
     * @param stapledOcsp the stapled OCSP response in DER, if any
     * @param timestamps the SignedCertificateTimestampList of the handshake (RFC 6962 section 3.3.1); no bytes if the
     *     server sent none, empty if it is unknown what the server sends
     */
    public record ServedCertificateChain(
            List<byte[]> certificates, String how, Optional<byte[]> stapledOcsp, Optional<byte[]> timestamps) {
        /** Creates a chain of a handshake whose timestamps are unknown. */
        public ServedCertificateChain(List<byte[]> certificates, String how, Optional<byte[]> stapledOcsp) {
            this(certificates, how, stapledOcsp, Optional.empty());
        }

        public ServedCertificateChain {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("a certificate chain needs at least one certificate");
            }
        }

        /** Returns the leaf certificate in DER. */
        public byte[] leaf() {
            return certificates.get(0);
        }
    }

    /**
     * Properties of the handshakes other than versions, suites and certificates.
     *
     * @param groups the key-exchange groups that the server used
     * @param protocol the protocol that ALPN selected, if any
     * @param dhBits the size of the finite-field Diffie-Hellman prime in bits, if the server supports such suites
     * @param clientCertificateRequested whether a handshake requested a client certificate
     */
    public record HandshakeProperties(
            List<String> groups, Optional<String> protocol, OptionalInt dhBits, boolean clientCertificateRequested) {
        public HandshakeProperties {
            groups = List.copyOf(groups);
        }
    }
}
