package dev.websentry.engine.check.ssl;

import dev.websentry.engine.observe.Observations;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What the CA says of a certificate's revocation. Silence is no finding. */
final class Revocation {
    private Revocation() {}

    /** That it is revoked, and who says so; empty when nobody credible does. */
    static Optional<String> statement(ServedCertificate served, List<X509Certificate> path, Observations seen) {
        return Optional.empty();
    }
}
