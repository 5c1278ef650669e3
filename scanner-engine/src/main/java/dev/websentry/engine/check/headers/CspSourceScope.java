package dev.websentry.engine.check.headers;

import dev.websentry.engine.config.Host;
import dev.websentry.engine.syntax.RegistrableDomain;
import dev.websentry.engine.syntax.csp.CspSourceList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Determines which expressions of a source list open it to sources that the site does not control. */
final class CspSourceScope {
    private static final Set<String> WEB_SCHEMES = Set.of("http:", "https:", "data:");
    private static final Pattern SUBDOMAINS = Pattern.compile("(?:https?://)?\\*\\.([^/:]+)(?::[0-9*]+)?(?:/.*)?");

    private CspSourceScope() {}

    /**
     * Returns the expressions through which anyone can provide a resource: {@code *}, {@code https:}, {@code http:},
     * {@code data:}, and wildcards over a public suffix such as {@code *.com} or {@code *.github.io}.
     */
    static List<String> anywhere(CspSourceList list) {
        return list.expressions().stream()
                .filter(expression -> list.anyHostSources().contains(expression)
                        || WEB_SCHEMES.contains(expression.toLowerCase(Locale.ROOT))
                        || isPublicSuffixWildcard(expression))
                .toList();
    }

    /**
     * Returns the expressions that allow plain http: {@code http:}, {@code http://host} and {@code *}, which matches
     * both http and https (CSP3 section 6.7.2.8).
     */
    static List<String> plainHttp(CspSourceList list) {
        return Stream.concat(
                        list.plainHttpSources().stream(),
                        list.expressions().stream()
                                .filter(expression -> expression.equals("*") || expression.equalsIgnoreCase("http:")))
                .distinct()
                .toList();
    }

    /** Returns the expressions whose content the page itself creates at run time. */
    static List<String> createdByThePage(CspSourceList list) {
        return list.schemeSources().stream()
                .filter(scheme -> scheme.equalsIgnoreCase("blob:") || scheme.equalsIgnoreCase("filesystem:"))
                .toList();
    }

    private static boolean isPublicSuffixWildcard(String expression) {
        Matcher matcher = SUBDOMAINS.matcher(expression.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return false;
        }
        HttpUrl parent = HttpUrl.parse("https://" + matcher.group(1) + "/");
        return parent != null
                && RegistrableDomain.isPublicSuffix(parent.host())
                && !new Host("any." + parent.host(), Host.HostKind.NAME).isSpecialUse();
    }
}
