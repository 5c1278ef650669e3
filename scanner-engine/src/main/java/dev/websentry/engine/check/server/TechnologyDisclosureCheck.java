package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ProxySnippets;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ResponseHeaders;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import dev.websentry.engine.syntax.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Checks that headers other than Server, and the page, do not disclose the technology of the site. */
final class TechnologyDisclosureCheck implements Check {
    private static final Pattern VERSION = Pattern.compile("\\d\\.\\d|[/ ]v?\\d");
    /**
     * Matches a product with its version in a Via header, which otherwise contains protocol versions and pseudonyms.
     * The quantifiers are bounded to limit backtracking.
     */
    private static final Pattern VIA_PRODUCT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}/v?\\d{1,9}\\.\\d");

    private static final Pattern VIA_PROTOCOL = Pattern.compile("(?i)\\bHTTPS?/\\d(\\.\\d)?");
    private static final int MAX_EVIDENCE_LINES = 10;
    private static final Evaluator GENERATOR = Selector.evaluatorOf("meta[name=generator]");

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "server.technology", "X-Powered-By", CheckCategory.SERVER, 2)
            .description("Neither the response headers nor the page disclose the technology of the site.")
            .remediation(Remediation.of(
                            "Remove X-Powered-By and similar headers, and the generator meta element from pages.")
                    .nginx("""
                            proxy_hide_header X-Powered-By;
                            proxy_hide_header X-AspNet-Version;
                            proxy_hide_header X-AspNetMvc-Version;
                            proxy_hide_header X-Generator;
                            fastcgi_hide_header X-Powered-By;""")
                    .apache("""
                            # mod_headers
                            Header always unset X-Powered-By
                            Header unset X-Powered-By
                            Header unset X-AspNet-Version
                            Header unset X-AspNetMvc-Version
                            Header unset X-Generator""")
                    .withConfig("PHP php.ini", "expose_php = Off")
                    .withConfig("Servlet container", """
                            <!-- Tomcat, conf/server.xml: sends no X-Powered-By -->
                            <Connector port="8080" xpoweredBy="false" />""")
                    .caddy("""
                            header {
                                -X-Powered-By
                                -X-AspNet-Version
                                -X-AspNetMvc-Version
                                -X-Generator
                            }""")
                    .haproxy("""
                            http-response del-header X-Powered-By
                            http-response del-header X-AspNet-Version
                            http-response del-header X-AspNetMvc-Version
                            http-response del-header X-Generator""")
                    .traefik(ProxySnippets.traefikHeaders("""
                            customResponseHeaders:  # an empty value removes the header
                              X-Powered-By: ""
                              X-AspNet-Version: ""
                              X-AspNetMvc-Version: ""
                              X-Generator: "\"""")))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/01-Information_Gathering/08-Fingerprint_Web_Application_Framework",
                    "https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        ResponsePage page = seen.site().page().value();
        ResponseHeaders headers = page.response().headers();
        List<String> versioned = new ArrayList<>();
        List<String> unversioned = new ArrayList<>();
        for (String value : present(headers, "X-Powered-By")) {
            (VERSION.matcher(value).find() ? versioned : unversioned).add("X-Powered-By: " + value);
        }
        for (String name : List.of("X-AspNet-Version", "X-AspNetMvc-Version")) {
            present(headers, name).forEach(value -> versioned.add(name + ": " + value));
        }
        present(headers, "X-Generator").forEach(value -> unversioned.add("X-Generator: " + value));
        generators(page).forEach(value -> unversioned.add("meta generator: " + value));
        headers.all("Via").stream()
                .filter(value -> VIA_PRODUCT
                        .matcher(VIA_PROTOCOL.matcher(value).replaceAll(""))
                        .find())
                .forEach(value -> unversioned.add("Via: " + value));
        return verdict(versioned, unversioned);
    }

    private static CheckVerdict verdict(List<String> versioned, List<String> unversioned) {
        List<String> all = new ArrayList<>(versioned);
        all.addAll(unversioned);
        if (all.isEmpty()) {
            return CheckVerdict.pass(
                    "No technology disclosed: no X-Powered-By, X-AspNet-Version, X-Generator or meta generator");
        }
        String shown = Excerpt.inSentence(all.get(0)) + (all.size() > 1 ? " and " + (all.size() - 1) + " more" : "");
        CheckVerdict verdict = versioned.isEmpty()
                ? CheckVerdict.warn("Discloses the technology: " + shown)
                : CheckVerdict.fail("Discloses the technology and its version: " + shown);
        return verdict.evidence(all.stream()
                .limit(MAX_EVIDENCE_LINES)
                .map(Excerpt::evidenceLine)
                .toList());
    }

    private static List<String> present(ResponseHeaders headers, String name) {
        return headers.all(name).stream().filter(value -> !value.isBlank()).toList();
    }

    private static List<String> generators(ResponsePage page) {
        return page.isHtml()
                ? page.response().body().html().select(GENERATOR).stream()
                        .map((Element meta) -> meta.attr("content").strip())
                        .filter(content -> !content.isEmpty())
                        .toList()
                : List.of();
    }
}
