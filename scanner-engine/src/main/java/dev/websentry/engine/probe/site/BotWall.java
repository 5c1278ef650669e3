package dev.websentry.engine.probe.site;

import dev.websentry.engine.observe.Exchange.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises answers that are made for robots instead of visitors. Only marks that the products put there themselves. */
final class BotWall {
    private record Mark(String product, String text) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("Cloudflare", "/cdn-cgi/challenge-platform/"),
            new Mark("Cloudflare", "_cf_chl_opt"),
            new Mark("DataDome", "captcha-delivery.com"),
            new Mark("Imperva", "_incapsula_resource"),
            new Mark("HUMAN", "px-captcha"),
            new Mark("Sucuri", "sucuri website firewall - access denied"));

    private BotWall() {}

    /** Why this final answer says nothing of the site; empty when it does. */
    static Optional<String> refusal(Response response) {
        int status = response.status();
        if (status == 429) {
            return Optional.of("it answers 429 (too many requests)");
        }
        Optional<String> wall = wall(response);
        if (wall.isPresent()) {
            return wall;
        }
        return status >= 500 && status <= 599 ? Optional.of("it answers " + status) : Optional.empty();
    }

    private static Optional<String> wall(Response response) {
        if (response.headers()
                .first("cf-mitigated")
                .filter("challenge"::equalsIgnoreCase)
                .isPresent()) {
            return Optional.of("Cloudflare challenges the scanner");
        }
        Optional<String> waf = response.headers().first("x-amzn-waf-action");
        if (waf.isPresent()) {
            return Optional.of("AWS WAF challenges the scanner");
        }
        if (response.status() != 403 && response.status() != 503) {
            return Optional.empty();
        }
        String body = response.body().text().toLowerCase(Locale.ROOT);
        boolean akamai =
                response.headers().first("Server").filter("AkamaiGHost"::equals).isPresent()
                        && body.contains("access denied")
                        && body.contains("reference");
        return MARKS.stream()
                .filter(mark -> body.contains(mark.text()))
                .map(Mark::product)
                .findFirst()
                .or(() -> akamai ? Optional.of("Akamai") : Optional.empty())
                .map(product -> product + " turns the scanner away");
    }
}
