package dev.websentry.engine.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okio.ByteString;

/**
 * A name of a certificate that name constraints apply to: the subject, its mail addresses, and the subject alternative
 * names. The common name is not one of them: it is never a host name (RFC 9525).
 *
 * @param type the name form, one of the constants of {@link GeneralName}
 * @param text the name in lower case; of a directory name, a description
 * @param octets the octets of an address
 * @param directory the name of a directoryName; empty if it is malformed
 */
record ConstrainedName(int type, String text, ByteString octets, Optional<DistinguishedName> directory) {
    /** Returns all names of a certificate that constraints apply to. */
    static List<ConstrainedName> of(CertificateFields fields, List<GeneralName> alternatives) {
        List<ConstrainedName> names = new ArrayList<>();
        if (!fields.subject().isEmpty()) {
            names.add(new ConstrainedName(
                    GeneralName.DIRECTORY_NAME, "the subject", ByteString.EMPTY, Optional.of(fields.subject())));
        }
        fields.subject()
                .emailAddresses()
                .forEach(address -> names.add(new ConstrainedName(
                        GeneralName.RFC822_NAME,
                        address.toLowerCase(Locale.ROOT),
                        ByteString.EMPTY,
                        Optional.empty())));
        alternatives.forEach(name -> names.add(of(name)));
        return names;
    }

    private static ConstrainedName of(GeneralName name) {
        return switch (name.type()) {
            case GeneralName.DIRECTORY_NAME ->
                new ConstrainedName(name.type(), "a directory name", ByteString.EMPTY, name.directoryName());
            case GeneralName.IP_ADDRESS ->
                new ConstrainedName(
                        name.type(), address(name.octets()), ByteString.of(name.octets()), Optional.empty());
            case GeneralName.DNS_NAME, GeneralName.RFC822_NAME, GeneralName.URI ->
                new ConstrainedName(name.type(), name.text(), ByteString.EMPTY, Optional.empty());
            default ->
                new ConstrainedName(name.type(), "a name of form " + name.type(), ByteString.EMPTY, Optional.empty());
        };
    }

    private static String address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            return "an invalid address";
        }
    }
}
