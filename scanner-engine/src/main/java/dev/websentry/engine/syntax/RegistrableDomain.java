package dev.websentry.engine.syntax;

import okhttp3.HttpUrl;

/**
 * Determines the site of a URL as in the HTML standard, but without the scheme: hosts with the same registrable domain
 * belong to one site.
 */
public final class RegistrableDomain {
    private RegistrableDomain() {}

    /**
     * Returns the registrable domain of a URL according to the Public Suffix List.
     *
     * @param url the URL
     * @return the registrable domain; the host itself if it is an IP address or has no registrable domain
     */
    public static String of(HttpUrl url) {
        String domain = url.topPrivateDomain();
        return domain == null ? url.host() : domain;
    }

    /**
     * Returns whether anyone can register names directly under a host name, according to the whole Public Suffix List.
     *
     * @param host a host name in lower case
     * @return false for IP addresses; true for unlisted top-level domains, to which the list's default rule applies
     */
    public static boolean isPublicSuffix(String host) {
        return !IpLiterals.isIpLiteral(host)
                && new HttpUrl.Builder().scheme("https").host(host).build().topPrivateDomain() == null;
    }

    /** Returns whether two URLs belong to the same site. */
    public static boolean isSameSite(HttpUrl one, HttpUrl other) {
        // Avoids the lookup in the Public Suffix List, which is expensive.
        return one.host().equals(other.host()) || of(one).equals(of(other));
    }
}
