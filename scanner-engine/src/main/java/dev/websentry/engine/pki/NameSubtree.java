package dev.websentry.engine.pki;

import dev.websentry.engine.syntax.DerElement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One subtree of a name constraint. Evaluates dNSName, iPAddress, directoryName and rfc822Name. RFC 5280 section
 * 4.2.1.10 allows clients that do not process other forms to reject certificates with such names.
 *
 * @param type the name form
 * @param base the root of the subtree; empty if the subtree cannot be evaluated
 */
record NameSubtree(int type, Optional<GeneralName> base) {
    /** Labels of letters, digits, hyphens and underscores. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]++(?:\\.[a-z0-9_-]++)*+");

    private static final Pattern MAIL_USER = Pattern.compile("[^@\\s]++");
    /** The maximum length of a host name (RFC 1035 section 2.3.4). */
    private static final int MAX_HOST_LENGTH = 253;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /**
     * Reads a subtree.
     *
     * @throws IllegalArgumentException if the element is not a subtree
     */
    static NameSubtree of(DerElement element) {
        List<DerElement> fields = element.children();
        GeneralName base = GeneralName.of(fields.get(0));
        // Other minimums than 0, and maximums, are not used in this profile; DER omits the default 0.
        boolean evaluable = fields.size() == 1 && isEvaluable(base);
        return new NameSubtree(base.type(), evaluable ? Optional.of(base) : Optional.empty());
    }

    /** Returns whether a name of this form certainly lies in the subtree. */
    boolean permits(ConstrainedName name) {
        return base.isPresent() && isWellFormed(name) && contains(base.get(), name);
    }

    /** Returns whether a name of this form may lie in the subtree. */
    boolean excludes(ConstrainedName name) {
        return base.isEmpty()
                || !isWellFormed(name)
                || contains(base.get(), name)
                || coversByWildcard(base.get(), name);
    }

    private static boolean isEvaluable(GeneralName base) {
        return switch (base.type()) {
            case GeneralName.DNS_NAME -> base.text().isEmpty() || isHost(without(".", base.text()));
            case GeneralName.RFC822_NAME -> isMailbox(base.text()) || isHost(without(".", base.text()));
            case GeneralName.IP_ADDRESS ->
                base.octets().length == 2 * IPV4_BYTES || base.octets().length == 2 * IPV6_BYTES;
            case GeneralName.DIRECTORY_NAME -> base.directoryName().isPresent();
            default -> false;
        };
    }

    private static boolean isWellFormed(ConstrainedName name) {
        return switch (name.type()) {
            case GeneralName.DNS_NAME -> isHost(without("*.", name.text()));
            case GeneralName.RFC822_NAME -> isMailbox(name.text());
            case GeneralName.IP_ADDRESS ->
                name.octets().size() == IPV4_BYTES || name.octets().size() == IPV6_BYTES;
            case GeneralName.DIRECTORY_NAME -> name.directory().isPresent();
            default -> false;
        };
    }

    /** Checks the length first, because the pattern recurses for each label. */
    private static boolean isHost(String text) {
        return text.length() <= MAX_HOST_LENGTH && HOST.matcher(text).matches();
    }

    private static boolean isMailbox(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && isHost(text.substring(at + 1))
                && MAIL_USER.matcher(text.substring(0, at)).matches();
    }

    private static String without(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static boolean contains(GeneralName base, ConstrainedName name) {
        return switch (name.type()) {
            case GeneralName.DNS_NAME -> isHostWithin(base.text(), name.text());
            case GeneralName.RFC822_NAME -> isMailboxWithin(base.text(), name.text());
            case GeneralName.IP_ADDRESS ->
                isAddressWithin(base.octets(), name.octets().toByteArray());
            case GeneralName.DIRECTORY_NAME ->
                name.directory()
                        .filter(directory ->
                                base.directoryName().filter(directory::isWithin).isPresent())
                        .isPresent();
            default -> false;
        };
    }

    /** Adds zero or more labels on the left; a leading dot requires one at least, as OpenSSL and Go read it. */
    private static boolean isHostWithin(String base, String host) {
        if (base.isEmpty() || base.startsWith(".")) {
            return host.endsWith(base) && host.length() > base.length();
        }
        return host.equals(base) || host.endsWith("." + base);
    }

    /** The base is a mailbox, a host, or, with a leading dot, the domain of hosts. */
    private static boolean isMailboxWithin(String base, String mailbox) {
        if (base.contains("@")) {
            return mailbox.equals(base);
        }
        String host = mailbox.substring(mailbox.lastIndexOf('@') + 1);
        return base.startsWith(".") ? host.endsWith(base) && host.length() > base.length() : host.equals(base);
    }

    /** The base is an address and a mask; addresses of the other family lie outside. */
    private static boolean isAddressWithin(byte[] base, byte[] address) {
        if (base.length != 2 * address.length) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            if (((base[i] ^ address[i]) & base[address.length + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** A wildcard stands for exactly one label, which may be the first label of the base. */
    private static boolean coversByWildcard(GeneralName base, ConstrainedName name) {
        if (name.type() != GeneralName.DNS_NAME || !name.text().startsWith("*.")) {
            return false;
        }
        int dot = base.text().indexOf('.');
        return dot > 0 && base.text().substring(dot).equals(name.text().substring(1));
    }
}
