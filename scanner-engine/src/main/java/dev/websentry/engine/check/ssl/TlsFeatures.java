package dev.websentry.engine.check.ssl;

import dev.websentry.engine.syntax.Certificates;
import dev.websentry.engine.syntax.DerElement;
import java.math.BigInteger;
import java.security.cert.X509Certificate;

/** Reads the TLS feature extension of certificates (RFC 7633). */
final class TlsFeatures {
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";
    /** The number of the TLS extension status_request, which asks for a stapled OCSP response (RFC 6066 section 8). */
    private static final BigInteger STATUS_REQUEST = BigInteger.valueOf(5);

    private TlsFeatures() {}

    /** Returns whether the certificate requires a stapled OCSP response ("must-staple"). */
    static boolean requireStapling(X509Certificate certificate) {
        try {
            return Certificates.extension(certificate, TLS_FEATURE).stream()
                    .filter(features -> features.tag() == DerElement.SEQUENCE)
                    .flatMap(features -> features.children().stream())
                    .filter(feature -> feature.tag() == DerElement.INTEGER && feature.content().length > 0)
                    .anyMatch(feature -> new BigInteger(feature.content()).equals(STATUS_REQUEST));
        } catch (IllegalArgumentException e) {
            // Clients ignore an extension that they cannot read; it is not critical.
            return false;
        }
    }
}
