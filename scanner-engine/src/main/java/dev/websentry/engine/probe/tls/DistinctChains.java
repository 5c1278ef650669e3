package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsSession;
import dev.websentry.engine.pki.KeyExchange;
import dev.websentry.engine.syntax.tls.ServerFlight;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            add(flight.certificates(), flight.hello().suite().name(), flight.stapledOcsp());
        }
        return List.copyOf(byLeaf.values());
    }

    private void add(TlsSession session) {
        add(session.chain(), session.protocol() + " " + session.cipherSuite(), Optional.empty());
    }

    private void add(List<byte[]> certificates, String how, Optional<byte[]> stapled) {
        if (certificates.isEmpty()) {
            return;
        }
        ByteBuffer leaf = ByteBuffer.wrap(certificates.get(0));
        ServedCertificateChain known = byLeaf.get(leaf);
        if (known == null) {
            byLeaf.put(leaf, new ServedCertificateChain(certificates, how, stapled));
            return;
        }
        // Browsers offer ECDHE first; a certificate that was seen with it is not judged by an older key exchange.
        boolean newer = !known.how().startsWith(SESSION)
                && KeyExchange.of(known.how()) != KeyExchange.SIGNATURE
                && KeyExchange.of(how) == KeyExchange.SIGNATURE;
        boolean addsStaple = known.stapledOcsp().isEmpty() && stapled.isPresent();
        if (newer || addsStaple) {
            byLeaf.put(
                    leaf,
                    new ServedCertificateChain(
                            addsStaple ? certificates : known.certificates(),
                            newer ? how : known.how(),
                            addsStaple ? stapled : known.stapledOcsp()));
        }
    }
}
