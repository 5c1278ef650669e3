package dev.websentry.engine.probe.tls;

import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement;
import dev.websentry.engine.observation.TlsObservations.RevocationStatement.RevocationSource;
import dev.websentry.engine.probe.ProbeContext;
import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.Ocsp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * Requests the revocation status of served leaf certificates from the CA: with OCSP if the certificate names a
 * responder, otherwise with its CRL.
 */
final class RevocationProbe {
    /** The maximum size of an OCSP response in bytes. */
    private static final int MAX_OCSP_BYTES = 32 << 10;
    /** The maximum size of a CRL in bytes. */
    private static final int MAX_CRL_BYTES = 4 << 20;

    private final ProbeContext context;
    private final PkiDownloader downloads;

    RevocationProbe(ProbeContext context, PkiDownloader downloads) {
        this.context = context;
        this.downloads = downloads;
    }

    /**
     * Requests the revocation status of leaf certificates.
     *
     * @param leaves the leaf certificates
     * @param issuers certificates among which the issuers are searched
     * @return the responses; certificates without a response are left out
     */
    List<RevocationStatement> ask(Collection<X509Certificate> leaves, List<X509Certificate> issuers) {
        if (leaves.isEmpty()) {
            return List.of();
        }
        return context.tasks().mapConcurrently(List.copyOf(leaves), leaf -> ask(leaf, issuers)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<RevocationStatement> ask(X509Certificate leaf, List<X509Certificate> issuers) {
        Optional<X509Certificate> issuer = issuers.stream()
                .filter(candidate -> !candidate.equals(leaf)
                        && candidate.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
                .findFirst();
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        Optional<HttpUrl> responder = plainHttp(Certificates.ocspUrls(leaf));
        if (responder.isPresent()) {
            return answer(
                    leaf, RevocationSource.OCSP, ocspRequest(responder.get(), leaf, issuer.get()), MAX_OCSP_BYTES);
        }
        return plainHttp(Certificates.crlUrls(leaf))
                .flatMap(list -> answer(leaf, RevocationSource.CRL, list, MAX_CRL_BYTES));
    }

    /** Returns the URL of an OCSP request with the GET method (RFC 6960 appendix A.1), which allows caching. */
    private static HttpUrl ocspRequest(HttpUrl responder, X509Certificate leaf, X509Certificate issuer) {
        String encoded = Base64.getEncoder().encodeToString(Ocsp.buildRequest(leaf, issuer));
        String base = responder.toString();
        return HttpUrl.get(
                base + (base.endsWith("/") ? "" : "/") + URLEncoder.encode(encoded, StandardCharsets.US_ASCII));
    }

    private Optional<RevocationStatement> answer(X509Certificate leaf, RevocationSource kind, HttpUrl url, int limit) {
        Observation<byte[]> file = downloads.download(url, limit);
        if (!file.isSeen()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new RevocationStatement(ByteString.of(leaf.getEncoded()), kind, ByteString.of(file.value())));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    /** Selects a plain http URL, because the revocation status of an https server would have to be checked as well. */
    private static Optional<HttpUrl> plainHttp(List<String> urls) {
        return urls.stream()
                .map(HttpUrl::parse)
                .filter(url -> url != null && !url.isHttps())
                .map(url -> java.util.Objects.requireNonNull(url))
                .findFirst();
    }
}
