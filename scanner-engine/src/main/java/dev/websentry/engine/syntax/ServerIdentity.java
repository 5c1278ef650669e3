package dev.websentry.engine.syntax;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a certificate is for a host, by RFC 9525: subjectAltName alone, never the common name. */
public final class ServerIdentity {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private ServerIdentity() {}

    /** @param host lower case, A-labels, IPv6 without brackets */
    public static boolean matches(X509Certificate certificate, String host) {
        if (AddressLiteral.is(host)) {
            return names(certificate, IP_ADDRESS).stream().anyMatch(name -> sameAddress(name, host));
        }
        return names(certificate, DNS_NAME).stream().anyMatch(pattern -> matches(pattern, host));
    }

    /** The certificate's names as they stand in it: dNSName and iPAddress entries. */
    public static List<String> names(X509Certificate certificate) {
        List<String> all = new ArrayList<>(names(certificate, DNS_NAME));
        all.addAll(names(certificate, IP_ADDRESS));
        return all;
    }

    /** RFC 9525 section 6.3: a wildcard is the whole leftmost label and stands for exactly one label. */
    static boolean matches(String presented, String host) {
        String pattern = presented.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return !pattern.contains("*") && pattern.equals(host);
        }
        String parent = pattern.substring(1);
        int firstDot = host.indexOf('.');
        return !parent.contains("*")
                && parent.indexOf('.', 1) > 0
                && firstDot > 0
                && host.substring(firstDot).equals(parent);
    }

    private static List<String> names(X509Certificate certificate, int type) {
        Collection<List<?>> entries;
        try {
            entries = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return entries == null
                ? List.of()
                : entries.stream()
                        .filter(entry -> entry.get(0).equals(type) && entry.get(1) instanceof String)
                        .map(entry -> (String) entry.get(1))
                        .toList();
    }

    private static boolean sameAddress(String one, String other) {
        try {
            return Arrays.equals(
                    InetAddress.getByName(one).getAddress(),
                    InetAddress.getByName(other).getAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
