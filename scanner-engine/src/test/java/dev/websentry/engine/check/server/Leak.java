package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Catalogue;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SensitivePaths;
import dev.websentry.engine.observe.SiteObservations.Announced;
import dev.websentry.engine.observe.SiteObservations.LeakageAnswers;
import dev.websentry.engine.observe.SiteObservations.Ordinary;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the responses of a site at sensitive paths. Other paths respond with status 404. */
final class Leak {
    static final String SITE = "https://www.example.com";

    private final Map<String, Exchange.Result> answers = new HashMap<>();
    private Exchange.Result otherwise = answer(404, "text/html", "<h1>Not found</h1>");
    Exchange.Result root = answer(200, "text/html", "<!doctype html><h1>Welcome to the shop</h1>");
    Exchange.Result error = answer(400, "text/html", "<h1>Bad request</h1>");
    final List<Exchange> directories = new ArrayList<>();
    String securityTxtSite = SITE;
    Exchange.Result securityTxt = otherwise;
    Exchange.Result trace = answer(405, "text/plain", "");
    boolean probed = true;

    Leak at(String path, String type, String body) {
        answers.put(path, answer(200, type, body));
        return this;
    }

    Leak at(String path, Exchange.Result result) {
        answers.put(path, result);
        return this;
    }

    Leak everywhere(Exchange.Result result) {
        otherwise = result;
        return this;
    }

    Verdict judge(Check check) {
        List<Exchange> canaries = List.of(get("/x0123456789abcdef"), get("/.xfedcba9876543210/config"));
        List<Exchange> paths =
                probed ? SensitivePaths.ALL.stream().map(this::get).toList() : List.of();
        LeakageAnswers leakage = new LeakageAnswers(
                new Ordinary(canaries, SeenSite.get(SITE + "/", root)),
                paths,
                SeenSite.get(SITE + "/x%00", error),
                directories,
                new Announced(
                        SeenSite.get(securityTxtSite + "/.well-known/security.txt", securityTxt),
                        SeenSite.get(SITE + "/", trace)));
        return Catalogue.judge(
                        check, SeenSite.page().leakage(Observed.seen(leakage)).observations())
                .verdict();
    }

    private Exchange get(String path) {
        return SeenSite.get(SITE + path, answers.getOrDefault(path, otherwise));
    }

    static Exchange.Response answer(int status, String type, String body) {
        return SeenSite.response(status, List.of(new Header("Content-Type", type)), body);
    }
}
