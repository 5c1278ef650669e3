package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Headers;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** How much other fields and the page tell of what the site is made with. */
final class TechnologyCheck implements Check {
    private static final Pattern VERSION = Pattern.compile("\\d\\.\\d|[/ ]v?\\d");
    /** A product with its version, bounded for the matcher's sake, inside Via, which otherwise holds protocol versions and pseudonyms. */
    private static final Pattern VIA_PRODUCT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}/v?\\d{1,9}\\.\\d");

    private static final Pattern VIA_PROTOCOL = Pattern.compile("(?i)\\bHTTPS?/\\d(\\.\\d)?");
    private static final int MOST_EVIDENCE = 10;

    private static final Definition DEFINITION = Definition.of("server.technology", "X-Powered-By", Category.SERVER, 2)
            .describe("Neither header fields nor the page name the technology behind the site.")
            .remedy(Remediation.of("Remove X-Powered-By and its kin, and the generator element from pages.")
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
                    .with("PHP php.ini", "expose_php = Off")
                    .with("Servlet container", """
                            <!-- Tomcat, conf/server.xml: sends no X-Powered-By -->
                            <Connector port="8080" xpoweredBy="false" />"""))
            .references(
                    "https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/01-Information_Gathering/08-Fingerprint_Web_Application_Framework",
                    "https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        Page page = seen.site().page().value();
        Headers headers = page.response().headers();
        List<String> precise = new ArrayList<>();
        List<String> vague = new ArrayList<>();
        for (String value : present(headers, "X-Powered-By")) {
            (VERSION.matcher(value).find() ? precise : vague).add("X-Powered-By: " + value);
        }
        for (String name : List.of("X-AspNet-Version", "X-AspNetMvc-Version")) {
            present(headers, name).forEach(value -> precise.add(name + ": " + value));
        }
        present(headers, "X-Generator").forEach(value -> vague.add("X-Generator: " + value));
        generators(page).forEach(value -> vague.add("meta generator: " + value));
        headers.all("Via").stream()
                .filter(value -> VIA_PRODUCT
                        .matcher(VIA_PROTOCOL.matcher(value).replaceAll(""))
                        .find())
                .forEach(value -> vague.add("Via: " + value));
        return verdict(precise, vague);
    }

    private static Verdict verdict(List<String> precise, List<String> vague) {
        List<String> all = new ArrayList<>(precise);
        all.addAll(vague);
        if (all.isEmpty()) {
            return Verdict.pass(
                    "Names no technology: no X-Powered-By, X-AspNet-Version, X-Generator or meta generator");
        }
        String shown = Texts.inValue(all.get(0)) + (all.size() > 1 ? " and " + (all.size() - 1) + " more" : "");
        Verdict verdict = precise.isEmpty()
                ? Verdict.warn("Names its technology: " + shown)
                : Verdict.fail("Names its technology with the version: " + shown);
        return verdict.evidence(
                all.stream().limit(MOST_EVIDENCE).map(Texts::shortened).toList());
    }

    private static List<String> present(Headers headers, String name) {
        return headers.all(name).stream().filter(value -> !value.isBlank()).toList();
    }

    private static List<String> generators(Page page) {
        return page.isHtml()
                ? page.response().body().html().select("meta[name=generator]").stream()
                        .map((Element meta) -> meta.attr("content").strip())
                        .filter(content -> !content.isEmpty())
                        .toList()
                : List.of();
    }
}
