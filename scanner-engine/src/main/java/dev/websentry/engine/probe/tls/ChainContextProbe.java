package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.SiteObservations;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.ServedCertificateChain;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.engine.observation.TrustedRoots;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.Certificates;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * Collects what is needed to validate the served certificate chains: trust anchors, missing issuer certificates and
 * revocation responses.
 */
public final class ChainContextProbe {
    private static final int MAX_DOWNLOADS = 4;
    /** The maximum size of a file with issuer certificates in bytes. */
    private static final int MAX_CERTIFICATES_BYTES = 64 << 10;

    private final ProbeContext context;
    private final PkiDownloader downloads;

    /** Creates the probe of one scan. */
    public ChainContextProbe(ProbeContext context) {
        this.context = context;
        this.downloads = new PkiDownloader(context.httpFetcher());
    }

    /** Starts the downloads for these chains in the background while other chains are still unknown. */
    void prefetch(List<ServedCertificateChain> chains) {
        CompletableFuture<ChainContext> unused = context.tasks().start(() -> gather(chains));
    }

    /**
     * Adds trust anchors, issuers and revocation responses to the probed endpoints.
     *
     * @param endpoints the probed endpoints
     * @return the complete TLS observations
     */
    public TlsObservations complete(List<TlsEndpoint> endpoints) {
        List<ServedCertificateChain> chains = endpoints.stream()
                .flatMap(endpoint -> endpoint.chains().stream())
                .toList();
        ChainContext all = gather(chains);
        return new TlsObservations(
                endpoints, "", all.anchors(), all.issuers(), all.revocation(), Optional.of(all.roots()));
    }

    /**
     * Adds trust anchors and issuers for the certificates of the site's other hosts, such as its www name, so that the
     * checks can validate them in the same way.
     *
     * @param tls the complete TLS observations of the host
     * @param site the HTTP observations
     * @return the observations with more anchors and issuers
     */
    public TlsObservations extend(TlsObservations tls, SiteObservations site) {
        Set<ByteString> known = new HashSet<>();
        tls.endpoints().forEach(endpoint -> endpoint.chains().forEach(chain -> known.add(ByteString.of(chain.leaf()))));
        List<RedirectChain> navigations = new ArrayList<>();
        if (site.entry() instanceof Observation.Seen<RedirectChain> entry) {
            navigations.add(entry.value());
        }
        if (site.www() instanceof Observation.Seen<Optional<WwwVariant>> www) {
            www.value().ifPresent(variant -> navigations.add(variant.secure()));
        }
        List<ServedCertificateChain> others = navigations.stream()
                .map(RedirectChain::first)
                .flatMap(exchange -> exchange.response().flatMap(Response::tls).stream())
                .filter(session -> !session.chain().isEmpty()
                        && known.add(ByteString.of(session.chain().get(0))))
                .map(session -> new ServedCertificateChain(session.chain(), session.protocol(), Optional.empty()))
                .toList();
        if (others.isEmpty()) {
            return tls;
        }
        Set<X509Certificate> served = served(others);
        List<X509Certificate> fetched = fetchMissing(leaves(others), served);
        return tls.withChainContext(
                merged(tls.anchors(), anchors(served, fetched)),
                merged(
                        tls.fetchedIssuers(),
                        fetched.stream().map(ChainContextProbe::encoded).toList()),
                tls.roots().map(roots -> roots.plus(trustedRoots(served, fetched))));
    }

    private TrustedRoots trustedRoots(Set<X509Certificate> served, List<X509Certificate> fetched) {
        List<X509Certificate> named = new ArrayList<>(served);
        named.addAll(fetched);
        return context.trustStore().rootCertificates().namedIn(named);
    }

    private static List<byte[]> merged(List<byte[]> some, List<byte[]> more) {
        return Stream.concat(some.stream(), more.stream())
                .map(ByteString::of)
                .distinct()
                .map(ByteString::toByteArray)
                .toList();
    }

    private record ChainContext(
            List<byte[]> anchors, List<byte[]> issuers, List<RevocationStatement> revocation, TrustedRoots roots) {}

    private ChainContext gather(List<ServedCertificateChain> chains) {
        Set<X509Certificate> served = served(chains);
        Set<X509Certificate> leaves = leaves(chains);
        List<X509Certificate> fetched = fetchMissing(leaves, served);
        List<byte[]> anchors = anchors(served, fetched);
        List<byte[]> issuers = fetched.stream().map(ChainContextProbe::encoded).toList();
        List<X509Certificate> all = new ArrayList<>(served);
        all.addAll(fetched);
        all.addAll(context.trustStore().rootsNamedIn(List.copyOf(all)));
        return new ChainContext(
                anchors,
                issuers,
                new RevocationProbe(context, downloads).ask(leaves, all),
                trustedRoots(served, fetched));
    }

    private static Set<X509Certificate> leaves(List<ServedCertificateChain> chains) {
        Set<X509Certificate> leaves = new LinkedHashSet<>();
        chains.forEach(chain -> Certificates.parse(chain.leaf()).ifPresent(leaves::add));
        return leaves;
    }

    private static Set<X509Certificate> served(List<ServedCertificateChain> chains) {
        Set<X509Certificate> served = new LinkedHashSet<>();
        chains.forEach(chain ->
                chain.certificates().forEach(der -> Certificates.parse(der).ifPresent(served::add)));
        return served;
    }

    private List<byte[]> anchors(Set<X509Certificate> served, List<X509Certificate> fetched) {
        List<X509Certificate> named = new ArrayList<>(served);
        named.addAll(fetched);
        return context.trustStore().rootsNamedIn(named).stream()
                .map(ChainContextProbe::encoded)
                .toList();
    }

    /**
     * Follows the issuers of each leaf by name. If an issuer is unknown, it is downloaded from the caIssuers URL of the
     * last certificate.
     */
    private List<X509Certificate> fetchMissing(Set<X509Certificate> leaves, Set<X509Certificate> served) {
        List<X509Certificate> fetched = new ArrayList<>();
        for (X509Certificate leaf : leaves) {
            X509Certificate current = leaf;
            for (int depth = 0; depth < 8 && !isSelfIssued(current); depth++) {
                List<X509Certificate> roots = context.trustStore().rootsNamedIn(List.of(current));
                if (roots.contains(current)) {
                    break;
                }
                Optional<X509Certificate> issuer = issuer(current, Stream.of(served, roots, fetched));
                if (issuer.isEmpty() && fetched.size() < MAX_DOWNLOADS) {
                    issuer = fetch(current);
                    issuer.ifPresent(fetched::add);
                }
                if (issuer.isEmpty()) {
                    break;
                }
                current = issuer.get();
            }
        }
        return fetched;
    }

    private static Optional<X509Certificate> issuer(
            X509Certificate certificate, Stream<Collection<X509Certificate>> known) {
        return known.flatMap(Collection::stream)
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .findFirst();
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /**
     * Downloads the issuer of a certificate. Only plain http is used, because an https server would need a certificate
     * validation of its own. The download needs no trust, because the signatures of the chain are verified.
     */
    private Optional<X509Certificate> fetch(X509Certificate certificate) {
        for (String address : Certificates.caIssuersUrls(certificate)) {
            HttpUrl url = HttpUrl.parse(address);
            if (url == null || url.isHttps()) {
                continue;
            }
            Observation<byte[]> file = downloads.download(url, MAX_CERTIFICATES_BYTES);
            Optional<X509Certificate> found = file.isSeen()
                    ? Certificates.parseAll(file.value()).stream()
                            .filter(candidate ->
                                    candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                            .findFirst()
                    : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate always has an encoding", e);
        }
    }
}
