package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects the distinct certificate chains that one address served, by their leaf certificates. */
final class DistinctChains {
    /** The beginning of the JSSE names of protocol versions; a session is negotiated as browsers would. */
    private static final String SESSION = "TLSv";

    private final Map<ByteBuffer, ServedCertificateChain> byLeaf = new LinkedHashMap<>();

    /**
     * Collects the chains of handshakes and of an https exchange.
     *
     * @param answers the outcomes of the handshakes
     * @param https the https exchange, if there was one
     * @return one chain for each leaf certificate
     */
    List<ServedCertificateChain> collect(List<HandshakeOutcome> answers, Optional<HttpExchange> https) {
        https.flatMap(HttpExchange::response).flatMap(Response::tls).ifPresent(this::add);
        for (ServerFlight flight : EndpointProbe.serverFlights(answers)) {
            if (flight.certificates().isEmpty()) {
                continue;
            }
            add(new ServedCertificateChain(
                    flight.certificates(),
                    flight.hello().suite().name(),
                    flight.stapledOcsp(),
                    Optional.of(flight.timestamps().toByteArray())));
        }
        return List.copyOf(byLeaf.values());
    }

    private void add(TlsSession session) {
        if (!session.chain().isEmpty()) {
            add(new ServedCertificateChain(
                    session.chain(), session.protocol() + " " + session.cipherSuite(), Optional.empty()));
        }
    }

    /** Adds a chain, or completes a known one with what only this handshake stapled. */
    private void add(ServedCertificateChain chain) {
        ByteBuffer leaf = ByteBuffer.wrap(chain.leaf());
        ServedCertificateChain known = byLeaf.get(leaf);
        if (known == null) {
            byLeaf.put(leaf, chain);
        } else {
            byLeaf.put(leaf, merged(known, chain));
        }
    }

    private static ServedCertificateChain merged(ServedCertificateChain known, ServedCertificateChain other) {
        // Browsers offer ECDHE first; a certificate that was seen with it is not judged by an older key exchange.
        boolean newer = !known.how().startsWith(SESSION)
                && KeyExchange.of(known.how()) != KeyExchange.SIGNATURE
                && KeyExchange.of(other.how()) == KeyExchange.SIGNATURE;
        boolean addsStaple =
                known.stapledOcsp().isEmpty() && other.stapledOcsp().isPresent();
        return new ServedCertificateChain(
                addsStaple ? other.certificates() : known.certificates(),
                newer ? other.how() : known.how(),
                known.stapledOcsp().or(other::stapledOcsp),
                longer(known.timestamps(), other.timestamps()));
    }

    private static Optional<byte[]> longer(Optional<byte[]> some, Optional<byte[]> others) {
        return Stream.concat(some.stream(), others.stream()).max(Comparator.comparingInt(list -> list.length));
    }
}
