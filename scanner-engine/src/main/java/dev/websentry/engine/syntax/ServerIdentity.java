package dev.websentry.engine.syntax;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Verifies whether a certificate is valid for a host (RFC 9525). Uses only the subjectAltName extension, never the
 * common name.
 */
public final class ServerIdentity {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private ServerIdentity() {}

    /**
     * Returns whether the certificate is valid for the host.
     *
     * @param certificate the certificate of the server
     * @param host host name in lower case with A-labels, or an IP address; IPv6 without brackets
     * @return true if a subjectAltName entry matches
     */
    public static boolean matches(X509Certificate certificate, String host) {
        if (IpLiterals.isIpLiteral(host)) {
            return subjectAltNames(certificate, IP_ADDRESS).stream().anyMatch(name -> sameAddress(name, host));
        }
        return subjectAltNames(certificate, DNS_NAME).stream().anyMatch(pattern -> matches(pattern, host));
    }

    /** Returns the dNSName and iPAddress entries of the certificate, unchanged. */
    public static List<String> subjectAltNames(X509Certificate certificate) {
        List<String> all = new ArrayList<>(subjectAltNames(certificate, DNS_NAME));
        all.addAll(subjectAltNames(certificate, IP_ADDRESS));
        return all;
    }

    /**
     * Matches a presented name. A wildcard must be the whole leftmost label and matches exactly one label (RFC 9525
     * section 6.3).
     */
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

    /**
     * Reads the names from the encoding. The JDK's list is not used, because its evaluation of name constraints adds
     * the common name to it.
     */
    private static List<String> subjectAltNames(X509Certificate certificate, int tag) {
        try {
            return Certificates.extension(certificate, SUBJECT_ALT_NAME).stream()
                    .flatMap(names -> names.children().stream())
                    .filter(name -> name.tag() == tag)
                    .map(name -> tag == DNS_NAME ? name.text() : address(name.content()))
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static boolean sameAddress(String entry, String host) {
        Optional<InetAddress> address = IpLiterals.parse(host);
        return address.isPresent() && address.equals(IpLiterals.parse(entry));
    }
}
