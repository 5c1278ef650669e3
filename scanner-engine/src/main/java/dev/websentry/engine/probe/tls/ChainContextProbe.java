package dev.websentry.engine.probe.tls;

import dev.websentry.engine.net.RootCertificates;
import dev.websentry.engine.observation.Observation;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.x500.X500Principal;
import okhttp3.HttpUrl;

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
        return new TlsObservations(endpoints, "", all.anchors(), all.issuers(), all.revocation(), Optional.of(all.roots()));
    }

    private record ChainContext(
            List<byte[]> anchors, List<byte[]> issuers, List<RevocationStatement> revocation, TrustedRoots roots) {}

    private ChainContext gather(List<ServedCertificateChain> chains) {
        Set<X509Certificate> served = new LinkedHashSet<>();
        chains.forEach(chain ->
                chain.certificates().forEach(der -> Certificates.parse(der).ifPresent(served::add)));
        Set<X509Certificate> leaves = leaves(chains);
        List<X509Certificate> roots = context.trustStore().roots();
        List<X509Certificate> fetched = fetchMissing(leaves, served, roots);
        Set<X500Principal> names = new LinkedHashSet<>();
        served.forEach(certificate -> addNames(certificate, names));
        fetched.forEach(certificate -> addNames(certificate, names));
        List<byte[]> issuers = fetched.stream().map(ChainContextProbe::encoded).toList();
        List<X509Certificate> all = new ArrayList<>(served);
        all.addAll(fetched);
        all.addAll(roots);
        return new ChainContext(
                named(roots, names),
                issuers,
                new RevocationProbe(context, downloads).ask(leaves, all),
                trustedRoots(context.trustStore().rootCertificates(), names));
    }

    private static TrustedRoots trustedRoots(RootCertificates roots, Set<X500Principal> names) {
        return new TrustedRoots(
                roots.kind(),
                roots.browserListDate(),
                named(roots.configured(), names),
                named(roots.browserRoots(), names),
                named(roots.jdk(), names));
    }

    private static List<byte[]> named(List<X509Certificate> roots, Set<X500Principal> names) {
        return roots.stream()
                .filter(root -> names.contains(root.getSubjectX500Principal()))
                .map(ChainContextProbe::encoded)
                .toList();
    }

    private static Set<X509Certificate> leaves(List<ServedCertificateChain> chains) {
        Set<X509Certificate> leaves = new LinkedHashSet<>();
        chains.forEach(chain -> Certificates.parse(chain.leaf()).ifPresent(leaves::add));
        return leaves;
    }

    private static void addNames(X509Certificate certificate, Set<X500Principal> names) {
        names.add(certificate.getSubjectX500Principal());
        names.add(certificate.getIssuerX500Principal());
    }

    /**
     * Follows the issuers of each leaf by name. If an issuer is unknown, it is downloaded from the caIssuers URL of the
     * last certificate.
     */
    private List<X509Certificate> fetchMissing(
            Set<X509Certificate> leaves, Set<X509Certificate> served, List<X509Certificate> roots) {
        List<X509Certificate> fetched = new ArrayList<>();
        List<X509Certificate> known = new ArrayList<>(served);
        known.addAll(roots);
        for (X509Certificate leaf : leaves) {
            X509Certificate current = leaf;
            for (int depth = 0; depth < 8 && !isSelfIssued(current) && !roots.contains(current); depth++) {
                Optional<X509Certificate> issuer = issuer(current, known);
                if (issuer.isEmpty() && fetched.size() < MAX_DOWNLOADS) {
                    issuer = fetch(current);
                    issuer.ifPresent(fetched::add);
                    issuer.ifPresent(known::add);
                }
                if (issuer.isEmpty()) {
                    break;
                }
                current = issuer.get();
            }
        }
        return fetched;
    }

    private static Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> known) {
        return known.stream()
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
