package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The checks of the category {@code ssl}. */
public final class SslChecks {
    /** All checks of the category, in the order in which reports list them. */
    public static final List<Check> ALL = List.of(
            new HttpsAvailabilityCheck(),
            new CertificateTrustCheck(),
            new CertificateHostnameCheck(),
            new CertificateExpiryCheck(),
            new CertificateStrengthCheck(),
            new ProtocolVersionsCheck(),
            new CipherSuitesCheck(),
            new HstsCheck(),
            new HstsPreloadInfo(),
            new KeyExchangeGroupsInfo(),
            new AlpnInfo(),
            new OcspStaplingInfo(),
            new CertificateTransparencyInfo(),
            new CertificateIssuedLifetimeInfo());

    private SslChecks() {}
}
