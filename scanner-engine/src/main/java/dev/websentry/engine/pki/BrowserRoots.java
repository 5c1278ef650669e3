package dev.websentry.engine.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The root certificates that browsers trust for TLS servers: Mozilla's list, as a dated resource of the engine. The
 * script {@code src/roots/derive.sh} generates it.
 *
 * @param certificates the roots
 * @param date the date of the list, at the start of the day in UTC
 */
public record BrowserRoots(List<X509Certificate> certificates, Instant date) {
    private static final String RESOURCE = "browser-roots.pem";
    private static final Pattern DATE = Pattern.compile("(?m)^# Date: (\\S+)$");

    public BrowserRoots {
        certificates = List.copyOf(certificates);
    }

    /** Returns the list of this version. */
    public static BrowserRoots bundled() {
        return Holder.BUNDLED;
    }

    /** Parses the resource only when it is needed; another root store may be configured. */
    private static final class Holder {
        private static final BrowserRoots BUNDLED = read();
    }

    private static BrowserRoots read() {
        try (InputStream in = BrowserRoots.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            byte[] bytes = in.readAllBytes();
            Matcher date = DATE.matcher(new String(bytes, StandardCharsets.US_ASCII));
            if (!date.find()) {
                throw new IllegalStateException("the resource " + RESOURCE + " has no date");
            }
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            return new BrowserRoots(
                    certificates,
                    LocalDate.parse(date.group(1)).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("the resource " + RESOURCE + " cannot be read", e);
        }
    }
}
