package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCatalog;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.engine.observation.SiteObservations.InformationalResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the responses of a site at sensitive paths. Other paths respond with status 404. */
final class ScriptedLeakSite {
    static final String SITE = "https://www.example.com";

    private final Map<String, HttpExchange.HttpExchangeResult> answers = new HashMap<>();
    private HttpExchange.HttpExchangeResult otherwise = response(404, "text/html", "<h1>Not found</h1>");
    HttpExchange.HttpExchangeResult root = response(200, "text/html", "<!doctype html><h1>Welcome to the shop</h1>");
    HttpExchange.HttpExchangeResult error = response(400, "text/html", "<h1>Bad request</h1>");
    final List<HttpExchange> directories = new ArrayList<>();
    String securityTxtSite = SITE;
    HttpExchange.HttpExchangeResult securityTxt = otherwise;
    HttpExchange.HttpExchangeResult trace = response(405, "text/plain", "");
    boolean probed = true;

    ScriptedLeakSite at(String path, String type, String body) {
        answers.put(path, response(200, type, body));
        return this;
    }

    ScriptedLeakSite at(String path, HttpExchange.HttpExchangeResult result) {
        answers.put(path, result);
        return this;
    }

    ScriptedLeakSite elsewhere(HttpExchange.HttpExchangeResult result) {
        otherwise = result;
        return this;
    }

    CheckVerdict evaluate(Check check) {
        List<HttpExchange> canaries = List.of(get("/x0123456789abcdef"), get("/.xfedcba9876543210/config"));
        List<HttpExchange> paths =
                probed ? SensitivePaths.ALL.stream().map(this::get).toList() : List.of();
        LeakageResponses leakage = new LeakageResponses(
                new NotFoundBaseline(canaries, ObservedSite.get(SITE + "/", root)),
                paths,
                ObservedSite.get(SITE + "/x%00", error),
                directories,
                new InformationalResponses(
                        ObservedSite.get(securityTxtSite + "/.well-known/security.txt", securityTxt),
                        ObservedSite.get(SITE + "/", trace)));
        return CheckCatalog.evaluate(
                        check,
                        ObservedSite.page().leakage(Observation.seen(leakage)).observations())
                .verdict();
    }

    private HttpExchange get(String path) {
        return ObservedSite.get(SITE + path, answers.getOrDefault(path, otherwise));
    }

    static HttpExchange.Response response(int status, String type, String body) {
        return ObservedSite.response(status, List.of(new Header("Content-Type", type)), body);
    }
}
