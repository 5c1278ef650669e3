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
import java.util.ArrayList;
import java.util.Base64;
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
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "-----END CERTIFICATE-----";
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

    /** Decodes the certificates. The JDK reads PEM byte by byte, which takes longer than to parse the certificates. */
    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        int begin = pem.indexOf(BEGIN);
        while (begin >= 0) {
            int end = pem.indexOf(END, begin);
            String base64 = pem.substring(begin + BEGIN.length(), end).replace("\n", "");
            certificates.add((X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(Base64.getDecoder().decode(base64))));
            begin = pem.indexOf(BEGIN, end);
        }
        return certificates;
    }

    private static BrowserRoots read() {
        try (InputStream in = BrowserRoots.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            Matcher date = DATE.matcher(text);
            if (!date.find()) {
                throw new IllegalStateException("the resource " + RESOURCE + " has no date");
            }
            return new BrowserRoots(
                    certificates(text),
                    LocalDate.parse(date.group(1)).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("the resource " + RESOURCE + " cannot be read", e);
        }
    }
}
