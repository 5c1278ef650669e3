package dev.websentry.engine.probe.site;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * Detects pages that consist of a challenge of a bot protection product, with any status. The products also inject
 * scripts into real pages, so a script reference is not sufficient: the page must have the elements or inline scripts
 * of the challenge itself, and hardly any other content.
 */
final class ChallengePageDetector {
    private static final int MAX_CHALLENGE_TEXT = 1500;
    private static final int MAX_CHALLENGE_LINKS = 8;

    /**
     * The structure of a challenge page. Both parts that are not empty must be present.
     *
     * @param product the name of the product
     * @param element an element of the challenge; empty if the inline script identifies the page
     * @param script text of an inline script of the challenge, in lower case; empty if the element identifies the page
     */
    private record ChallengeStructure(String product, Optional<Evaluator> element, String script) {
        ChallengeStructure(String product, String selector, String script) {
            this(product, selector.isEmpty() ? Optional.empty() : Optional.of(Selector.evaluatorOf(selector)), script);
        }

        /** @param scripts the inline scripts of the page, in lower case */
        boolean matches(Document page, List<String> scripts) {
            return (element.isEmpty() || page.selectFirst(element.get()) != null)
                    && (script.isEmpty() || scripts.stream().anyMatch(code -> code.contains(script)));
        }
    }

    private static final Evaluator LINK = Selector.evaluatorOf("a[href]");
    private static final Evaluator INLINE_SCRIPT = Selector.evaluatorOf("script:not([src])");

    private static final List<ChallengeStructure> STRUCTURES = List.of(
            new ChallengeStructure("Cloudflare", "", "_cf_chl_opt"),
            new ChallengeStructure("Cloudflare", "#challenge-form, #cf-challenge-running, #cf-please-wait", ""),
            new ChallengeStructure(
                    "DataDome", "script[src*=.captcha-delivery.com], iframe[src*=.captcha-delivery.com]", ""),
            new ChallengeStructure("Imperva", "iframe[src*=/_Incapsula_Resource]", ""),
            // Real pages get the same script, but have a body.
            new ChallengeStructure("Imperva", "html:not(:has(body *)) script[src*=/_Incapsula_Resource]", ""),
            new ChallengeStructure("Imperva", "", "onprotectioninitialized"),
            new ChallengeStructure("HUMAN", "#px-captcha, #px-captcha-wrapper", ""),
            new ChallengeStructure("AWS WAF", "#challenge-container, #captcha-container", "gokuprops"),
            new ChallengeStructure("Akamai", "#sec-if-cpt-container, #sec-bc-tile-container", ""),
            new ChallengeStructure("Akamai", "script[src*=/_sec/cp_challenge/]", ""),
            new ChallengeStructure("Akamai", "meta[http-equiv=refresh][content*=bm-verify=]", ""),
            new ChallengeStructure("Akamai", "", "/_sec/verify?provider=interstitial"),
            new ChallengeStructure("Sucuri", "", "sucuri_cloudproxy_js"),
            new ChallengeStructure("Kasada", "", "window.kpsdk"),
            new ChallengeStructure("F5", "script[src^=/TSPD/]", "bobcmn"),
            new ChallengeStructure("Fastly", "", "/_fs-ch-"),
            new ChallengeStructure("Fastly", "script[src*=/_fs-ch-]", ""),
            new ChallengeStructure("SiteGround", "meta[http-equiv=refresh][content*=/.well-known/sgcaptcha/]", ""),
            new ChallengeStructure("Imunify360", "", "wsidchk"),
            new ChallengeStructure("DDoS-Guard", "script[src*=/.well-known/ddos-guard/js-challenge/]", ""),
            new ChallengeStructure("DDoS-Guard", "title:containsOwn(DDoS-Guard)", "ddos-guard"),
            new ChallengeStructure("Bunny Shield", "script[src*=/.bunny-shield/]", ""),
            new ChallengeStructure("Qrator", "script[src*=/__qrator/]", ""),
            new ChallengeStructure("Radware", "title:containsOwn(Radware)", ""),
            new ChallengeStructure("Reblaze", "", "window.rbzns"),
            new ChallengeStructure("Alibaba Cloud", "", "acw_sc__v2"),
            new ChallengeStructure("InfinityFree", "", "slowaes.decrypt"),
            new ChallengeStructure("Anubis", "script#anubis_challenge", ""));

    private ChallengePageDetector() {}

    /**
     * Returns the product whose challenge a page consists of.
     *
     * @param response a response with any status
     * @return the name of the product; empty if the response is a page of the site
     */
    static Optional<String> product(Response response) {
        boolean html = response.headers()
                .first("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .orElse(true);
        if (!html || response.truncated()) {
            return Optional.empty();
        }
        Document page = response.body().html();
        if (hasOtherContent(page)) {
            return Optional.empty();
        }
        List<String> scripts = page.select(INLINE_SCRIPT).stream()
                .map(script -> script.data().toLowerCase(Locale.ROOT))
                .toList();
        return STRUCTURES.stream()
                .filter(structure -> structure.matches(page, scripts))
                .map(ChallengeStructure::product)
                .findFirst();
    }

    /** Element.text() leaves out scripts, styles and comments. */
    private static boolean hasOtherContent(Document page) {
        return page.body().text().length() > MAX_CHALLENGE_TEXT
                || page.select(LINK).size() > MAX_CHALLENGE_LINKS;
    }
}
