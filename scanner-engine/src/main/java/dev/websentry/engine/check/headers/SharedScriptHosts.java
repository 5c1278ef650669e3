package dev.websentry.engine.check.headers;

import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Well-known hosts from which anyone can serve a script of their choice, so that a policy that allows the host does not
 * stop an injected script element. CSP3 section 8.2 describes such bypasses of host lists.
 *
 * <p>As of 2026-11. Sources: the package and repository mirrors' own documentation (jsDelivr, UNPKG, esm.sh, Skypack,
 * jspm, Statically, raw.githack.com), and the lists of JSONP endpoints and of AngularJS in the Google CSP Evaluator for
 * the others. Endpoints that only work with 'unsafe-eval', such as those of Google Tag Manager, are left out, because
 * 'unsafe-eval' warns already. Hosts under a private public suffix, such as github.io, belong to their owners.
 */
final class SharedScriptHosts {
    private enum Reason {
        PACKAGES("anyone can publish packages there"),
        FILES("anyone can store files there"),
        ANGULAR("it serves AngularJS, which runs expressions in injected markup"),
        JSONP("it has JSONP endpoints, which return script of the caller's choice");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }
    }

    /** A host and the path of a script that anyone can choose. */
    private record Endpoint(String host, String path, Reason reason) {}

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("cdn.jsdelivr.net", "/npm/any-package/", Reason.PACKAGES),
            new Endpoint("cdn.jsdelivr.net", "/gh/any-user/", Reason.PACKAGES),
            new Endpoint("unpkg.com", "/any-package/", Reason.PACKAGES),
            new Endpoint("esm.sh", "/any-package/", Reason.PACKAGES),
            new Endpoint("cdn.skypack.dev", "/any-package/", Reason.PACKAGES),
            new Endpoint("ga.jspm.io", "/npm:any-package/", Reason.PACKAGES),
            new Endpoint("cdn.statically.io", "/gh/any-user/", Reason.PACKAGES),
            new Endpoint("raw.githack.com", "/any-user/", Reason.PACKAGES),
            new Endpoint("rawcdn.githack.com", "/any-user/", Reason.PACKAGES),
            new Endpoint("s3.amazonaws.com", "/any-bucket/", Reason.FILES),
            new Endpoint("storage.googleapis.com", "/any-bucket/", Reason.FILES),
            new Endpoint("ajax.googleapis.com", "/ajax/libs/angularjs/1.8.3/angular.min.js", Reason.ANGULAR),
            new Endpoint("cdnjs.cloudflare.com", "/ajax/libs/angular.js/1.8.3/angular.min.js", Reason.ANGULAR),
            new Endpoint("code.angularjs.org", "/1.8.3/angular.min.js", Reason.ANGULAR),
            new Endpoint("accounts.google.com", "/o/oauth2/revoke", Reason.JSONP),
            new Endpoint("clients1.google.com", "/complete/search", Reason.JSONP),
            new Endpoint("graph.facebook.com", "/1/", Reason.JSONP),
            new Endpoint("vimeo.com", "/api/oembed.json", Reason.JSONP),
            new Endpoint("nominatim.openstreetmap.org", "/search", Reason.JSONP));

    /** Groups: host without the wildcard label, port, path. */
    private static final Pattern HOST_SOURCE =
            Pattern.compile("(?i:https?://)?(?<wildcard>\\*\\.)?(?<host>[^*/:]+)(?::[0-9*]+)?(?<path>/.*)?");

    private SharedScriptHosts() {}

    /**
     * Returns the source expressions of a list that allow such a script, each with the reason.
     *
     * @param list a source list of scripts
     * @return phrases such as {@code unpkg.com (anyone can publish packages there)}
     */
    static List<String> allowedBy(CspSourceList list) {
        return list.expressions().stream()
                .flatMap(expression ->
                        reason(expression)
                                .map(reason -> Excerpt.inSentence(expression) + " (" + reason.phrase + ")")
                                .stream())
                .toList();
    }

    private static Optional<Reason> reason(String expression) {
        Matcher source = HOST_SOURCE.matcher(expression);
        if (!source.matches()) {
            return Optional.empty();
        }
        String host = source.group("host").toLowerCase(Locale.ROOT);
        boolean wildcard = source.group("wildcard") != null;
        String path = source.group("path") == null ? "/" : source.group("path");
        return ENDPOINTS.stream()
                .filter(endpoint -> wildcard
                        ? endpoint.host().endsWith("." + host)
                        : endpoint.host().equals(host))
                .filter(endpoint -> pathMatches(path, endpoint.path()))
                .map(Endpoint::reason)
                .findFirst();
    }

    /** CSP3 section 6.7.2.12: a path that ends in a slash matches all below it, any other path only itself. */
    private static boolean pathMatches(String allowed, String endpoint) {
        return allowed.endsWith("/") ? endpoint.startsWith(allowed) : endpoint.equals(allowed);
    }
}
