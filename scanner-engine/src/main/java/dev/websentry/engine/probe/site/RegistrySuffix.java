package dev.websentry.engine.probe.site;

import java.util.Set;

/**
 * Recognizes the public suffixes that are certainly those of a registry. The Public Suffix List (publicsuffix.org) also
 * has a private section: under a suffix such as github.io its operator, and not the owner of the name, decides about
 * www names. The list that is bundled with the HTTP client does not contain its sections, so this class accepts only
 * suffixes of forms that registries use.
 */
final class RegistrySuffix {
    /** The second-level labels under which the registries of country codes register names. */
    private static final Set<String> LABELS =
            Set.of("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne", "net", "nom", "or", "org");

    /** Suffixes of this form that are in the private section. Reviewed in November 2026. */
    private static final Set<String> PRIVATE = Set.of(
            "co.bn", "co.ca", "co.cz", "co.dk", "co.nl", "co.no", "co.pl", "co.ro", "co.ua", "com.de", "com.se",
            "gov.nl", "org.yt");

    /** The country code whose registry registers at the second level only, and that has many private suffixes. */
    private static final String RUSSIA = "ru";

    private RegistrySuffix() {}

    /**
     * Returns whether a public suffix certainly belongs to a registry: it is a top-level domain, or a generic label
     * below a country code. ICANN lets other registries register names at the second level only.
     *
     * @param suffix a public suffix in lower case
     * @return false if it is a private suffix, or if that cannot be told
     */
    static boolean matches(String suffix) {
        String[] labels = suffix.split("\\.", -1);
        if (labels.length != 2) {
            return labels.length == 1;
        }
        return labels[1].length() == 2
                && !labels[1].equals(RUSSIA)
                && LABELS.contains(labels[0])
                && !PRIVATE.contains(suffix);
    }
}
