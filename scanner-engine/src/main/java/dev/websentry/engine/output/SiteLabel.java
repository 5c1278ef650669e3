package dev.websentry.engine.output;

import okhttp3.HttpUrl;

/** Names of a scanned site in formats that are made for files and classes. */
final class SiteLabel {
    private SiteLabel() {}

    /**
     * Returns the relative URI of a page (RFC 3986 section 4.2). Code scanning services take artifact URIs as paths of
     * a repository and reject absolute ones (SARIF 2.1.0 section 3.4.3).
     *
     * @param url an absolute URL
     * @return host, port if the URL has one, and path, such as {@code www.example.com-8443/login}
     */
    static String artifactUri(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return url.replaceAll("[^A-Za-z0-9.-]", "_");
        }
        String path = parsed.encodedPath();
        return site(parsed) + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /**
     * Returns a short name of a site, as it can stand in the name of a class.
     *
     * @param url the URL or domain as the user entered it
     * @return host, port and path, with {@code _} instead of other characters than letters, digits, dots and hyphens
     */
    static String className(String url) {
        return artifactUri(url.contains("://") ? url : "https://" + url).replaceAll("[^A-Za-z0-9.-]", "_");
    }

    /** Returns host and port without characters that a path segment or a relative URI must not begin with. */
    private static String site(HttpUrl url) {
        boolean isDefault = url.port() == HttpUrl.defaultPort(url.scheme());
        return url.host().replace(':', '_') + (isDefault ? "" : "-" + url.port());
    }
}
