package dev.websentry.engine.probe.site;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Detects responses of bot protection products and overloaded servers, which show nothing of the site. Only markers
 * that the products insert themselves are used.
 */
final class BotProtectionDetector {
    /** A text in the response body that identifies a product. */
    private record BodyMarker(String product, String text) {}

    private static final List<BodyMarker> BODY_MARKERS = List.of(
            new BodyMarker("Cloudflare", "/cdn-cgi/challenge-platform/"),
            new BodyMarker("Cloudflare", "_cf_chl_opt"),
            new BodyMarker("DataDome", "captcha-delivery.com"),
            new BodyMarker("Imperva", "_incapsula_resource"),
            new BodyMarker("HUMAN", "px-captcha"),
            new BodyMarker("Sucuri", "sucuri website firewall - access denied"));

    private BotProtectionDetector() {}

    /**
     * Returns why a final response is not a page of the site.
     *
     * @param response the final response
     * @return the reason; empty if the response comes from the site
     */
    static Optional<String> refusalReason(Response response) {
        int status = response.status();
        if (status == 429) {
            return Optional.of("status 429 (too many requests)");
        }
        Optional<String> protection = botProtection(response);
        if (protection.isPresent()) {
            return protection;
        }
        return status >= 500 && status <= 599 ? Optional.of("status " + status) : Optional.empty();
    }

    private static Optional<String> botProtection(Response response) {
        if (response.headers()
                .first("cf-mitigated")
                .filter("challenge"::equalsIgnoreCase)
                .isPresent()) {
            return Optional.of("Cloudflare challenged the scanner");
        }
        Optional<String> waf = response.headers().first("x-amzn-waf-action");
        if (waf.isPresent()) {
            return Optional.of("AWS WAF challenged the scanner");
        }
        if (response.status() != 403 && response.status() != 503) {
            return Optional.empty();
        }
        String body = response.body().text().toLowerCase(Locale.ROOT);
        boolean akamai =
                response.headers().first("Server").filter("AkamaiGHost"::equals).isPresent()
                        && body.contains("access denied")
                        && body.contains("reference");
        return BODY_MARKERS.stream()
                .filter(marker -> body.contains(marker.text()))
                .map(BodyMarker::product)
                .findFirst()
                .or(() -> akamai ? Optional.of("Akamai") : Optional.empty())
                .map(product -> product + " blocked the scanner");
    }
}
