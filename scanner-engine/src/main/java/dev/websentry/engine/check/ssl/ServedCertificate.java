package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.pki.ChainValidator;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.Excerpt;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate that the host serves, together with the chain that was served with it.
 *
 * @param chain the readable certificates of the chain, leaf first
 * @param observedChain the chain as it was observed
 * @param addresses the IP addresses that serve the chain
 */
record ServedCertificate(List<X509Certificate> chain, ServedCertificateChain observedChain, List<String> addresses) {
    ServedCertificate {
        chain = List.copyOf(chain);
        addresses = List.copyOf(addresses);
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    /** Returns a line of evidence that describes the certificate. */
    String evidenceLine() {
        X509Certificate leaf = leaf();
        return Excerpt.evidenceLine(
                leaf.getPublicKey().getAlgorithm() + " certificate on " + String.join(", ", addresses)
                        + ": subject " + leaf.getSubjectX500Principal().getName() + ", issuer "
                        + leaf.getIssuerX500Principal().getName() + ", valid "
                        + leaf.getNotBefore().toInstant() + " to "
                        + leaf.getNotAfter().toInstant() + ", " + chain.size() + " in the chain");
    }

    /**
     * Returns the distinct certificate chains of the host; at least one.
     *
     * @throws UnobservedException if no certificate was observed in clear text, or one cannot be read
     */
    static List<ServedCertificate> of(ScanObservations seen) {
        List<ServedCertificateChain> chains = TlsAvailability.tlsEndpoints(seen).stream()
                .flatMap(endpoint -> endpoint.chains().stream())
                .toList();
        if (chains.isEmpty()) {
            throw new UnobservedException("no handshake revealed the server's certificate");
        }
        for (ServedCertificateChain chain : chains) {
            if (Certificates.parse(chain.leaf()).isEmpty()) {
                throw new UnobservedException("the served certificate cannot be read"
                        + ChainValidator.malformation(chain.leaf())
                                .map(defect -> ": " + defect)
                                .orElse(""));
            }
        }
        return readable(seen);
    }

    /** Returns the distinct certificate chains of the host whose leaf certificates can be read; may be empty. */
    static List<ServedCertificate> readable(ScanObservations seen) {
        Map<ByteBuffer, ServedCertificate> byChain = new LinkedHashMap<>();
        for (TlsEndpoint endpoint : TlsAvailability.tlsEndpoints(seen)) {
            for (ServedCertificateChain chain : endpoint.chains()) {
                read(chain, endpoint.address())
                        .ifPresent(served -> byChain.merge(key(chain), served, ServedCertificate::mergeAddresses));
            }
        }
        return List.copyOf(byChain.values());
    }

    /** Returns why a served leaf certificate is malformed; empty if none is. */
    static Optional<String> malformation(ScanObservations seen) {
        return TlsAvailability.tlsEndpoints(seen).stream()
                .flatMap(endpoint -> endpoint.chains().stream())
                .flatMap(chain -> ChainValidator.malformation(chain.leaf()).stream())
                .findFirst();
    }

    /** The key covers the whole chain, because one address may omit an intermediate that another one serves. */
    private static ByteBuffer key(ServedCertificateChain chain) {
        ByteBuffer key = ByteBuffer.allocate(
                chain.certificates().stream().mapToInt(der -> der.length).sum());
        chain.certificates().forEach(key::put);
        return key.flip();
    }

    /** Reads a chain; empty if the leaf certificate cannot be read. */
    static Optional<ServedCertificate> read(ServedCertificateChain served, String address) {
        return Certificates.parse(served.leaf()).map(leaf -> {
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            chain.addAll(parseReadable(
                    served.certificates().subList(1, served.certificates().size())));
            return new ServedCertificate(chain, served, List.of(address));
        });
    }

    private static ServedCertificate mergeAddresses(ServedCertificate one, ServedCertificate other) {
        List<String> both = new ArrayList<>(one.addresses);
        both.addAll(other.addresses);
        return new ServedCertificate(one.chain, one.observedChain, both);
    }

    /** Parses the certificates and skips those that cannot be read. */
    static List<X509Certificate> parseReadable(Collection<byte[]> encoded) {
        return encoded.stream().flatMap(der -> Certificates.parse(der).stream()).toList();
    }
}
