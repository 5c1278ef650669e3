package dev.websentry.engine.probe.site;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.Locale;
import java.util.Optional;

/**
 * Detects responses of bot protection products and overloaded servers, which show nothing of the site. Only
 * headers, elements and texts that the products create themselves are used.
 */
final class BotProtectionDetector {
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
        if (response.headers()
                .first("x-vercel-mitigated")
                .filter("challenge"::equalsIgnoreCase)
                .isPresent()) {
            return Optional.of("Vercel challenged the scanner");
        }
        Optional<String> waf = response.headers().first("x-amzn-waf-action");
        if (waf.isPresent()) {
            return Optional.of("AWS WAF challenged the scanner");
        }
        Optional<String> challenge =
                ChallengePageDetector.product(response).map(product -> product + " challenged the scanner");
        return challenge.isPresent() || response.status() != 403 ? challenge : blockPage(response);
    }

    /** Detects the products' own error pages, which they send instead of a response of the site. */
    private static Optional<String> blockPage(Response response) {
        String body = response.body().text().toLowerCase(Locale.ROOT);
        boolean akamai =
                response.headers().first("Server").filter("AkamaiGHost"::equals).isPresent()
                        && body.contains("access denied")
                        && body.contains("reference");
        if (akamai) {
            return Optional.of("Akamai blocked the scanner");
        }
        if (body.contains("sucuri website firewall - access denied")) {
            return Optional.of("Sucuri blocked the scanner");
        }
        return body.contains("cf-error-details") && response.body().html().selectFirst("#cf-error-details") != null
                ? Optional.of("Cloudflare blocked the scanner")
                : Optional.empty();
    }
}
