package dev.websentry.engine.probe.site;

import java.util.Set;

/**
 * Tells the private section of the Public Suffix List (publicsuffix.org) from that of the registries. Under a private
 * suffix such as github.io the operator of the suffix, and not the owner of the name, decides about www names.
 *
 * <p>The list that is bundled with the HTTP client does not contain its sections, so this class derives them: ICANN
 * lets registries of generic top-level domains register names at the second level only, and the registries of some
 * country codes do so too, apart from suffixes with a generic label.
 */
final class PrivateSuffix {
    /** Generic top-level domains whose registries also register at the third level. */
    private static final Set<String> THIRD_LEVEL_DOMAINS = Set.of("aero", "arpa", "int", "museum", "pro");

    /** Country codes whose registries use only generic labels at the second level. Reviewed in November 2026. */
    private static final Set<String> SECOND_LEVEL_COUNTRIES =
            Set.of("ai", "cc", "co", "de", "eu", "fm", "gg", "io", "is", "me", "nu", "sh", "to", "tv", "ws");

    private static final Set<String> GENERIC_LABELS =
            Set.of("ac", "co", "com", "edu", "gov", "its", "mil", "net", "nom", "off", "org", "priv");

    private PrivateSuffix() {}

    /**
     * Returns whether a public suffix belongs to the private section.
     *
     * @param suffix a public suffix in lower case
     * @return true if it does; false if it does not, or if that cannot be told
     */
    static boolean isPrivate(String suffix) {
        String[] labels = suffix.split("\\.", -1);
        if (labels.length < 2) {
            return false;
        }
        String top = labels[labels.length - 1];
        boolean countryCode = top.length() == 2 || top.startsWith("xn--");
        return countryCode
                ? SECOND_LEVEL_COUNTRIES.contains(top) && !GENERIC_LABELS.contains(labels[labels.length - 2])
                : !THIRD_LEVEL_DOMAINS.contains(top);
    }
}
