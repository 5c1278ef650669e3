package dev.websentry.engine.syntax;

import okhttp3.HttpUrl;

/** What the HTML standard calls a site, without its scheme: hosts that one registrable domain has in common. */
public final class Site {
    private Site() {}

    /** The registrable domain by the Public Suffix List; an address or a name without one is a site of its own. */
    public static String of(HttpUrl url) {
        String domain = url.topPrivateDomain();
        return domain == null ? url.host() : domain;
    }

    /** Whether two addresses are of one site. */
    public static boolean isSame(HttpUrl one, HttpUrl other) {
        // Looking a domain up in the list costs more than all else that is done with it.
        return one.host().equals(other.host()) || of(one).equals(of(other));
    }
}
