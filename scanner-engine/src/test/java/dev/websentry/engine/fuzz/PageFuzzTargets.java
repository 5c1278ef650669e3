package dev.websentry.engine.fuzz;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.gate.GateConditions;
import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.QualityGate;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.SensitivePaths;
import dev.websentry.engine.observation.SiteObservations.CorsResponses;
import dev.websentry.engine.observation.SiteObservations.InformationalResponses;
import dev.websentry.engine.observation.SiteObservations.LeakageResponses;
import dev.websentry.engine.observation.SiteObservations.NotFoundBaseline;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fuzz targets for whole responses of a site, which are graded by all checks and reported in every format. */
final class PageFuzzTargets {
    private static final String ORIGIN = "https://www.example.com/";

    private PageFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofUtf8(
                        "page",
                        1 << 20,
                        List.of(
                                "<!doctype html><base href='http://a.example/'><script src=//b.example/x.js integrity=sha384-YQ==></script>"
                                        + "<meta http-equiv=refresh content='0 ; url = http://c.example'><img srcset='a 1x, http://d/ 2x'>",
                                "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\"><template><script src=http://x>"
                                        + "</script></template><link rel='stylesheet preload' as=image href=http://e/><input type=image src=x>"),
                        FuzzTarget.words(
                                "<b> <template> <table> <svg> <script> </ ' \" http:// srcset= , ; <!-- <select> &#x"),
                        text -> write(SiteGrader.grade(ObservedSite.page().body(text)))),
                FuzzTarget.ofLatin1(
                        "answer-headers",
                        256 << 10,
                        List.of(
                                "Set-Cookie: sid=1; Secure\nRefresh: 0; url='http://a'\nServer: nginx/1.2 (Ubuntu) PHP/8\nVia: 1.1 varnish",
                                "X-Powered-By: a/1.2\nX-Frame-Options: ALLOW-FROM x\nReferrer-Policy: unsafe-url\nContent-Type: text/html",
                                "Access-Control-Allow-Origin: *\nCross-Origin-Opener-Policy: same-origin; a=\"b\"\nX-XSS-Protection: 1"),
                        FuzzTarget.words("Server: Refresh: Via: Set-Cookie: / ( ) ; , 1.2 PHP/ \n url= '"),
                        text -> write(SiteGrader.grade(site(headers(text), "<title>x</title>")))),
                FuzzTarget.ofUtf8(
                        "small-bodies",
                        4 << 10,
                        List.of(
                                "Contact: mailto:a@example.com\nExpires: 2027-01-01T00:00:00Z\n",
                                "Traceback (most recent call last):\n  at a.b(C.java:1)\n<b>Warning</b>: x on line <b>1</b>",
                                "[core]\n\trepositoryformatversion = 0\nDB_PASSWORD=x\nCREATE TABLE `a` (\nINSERT INTO `a` VALUES",
                                "<title>Index of /</title><title>phpinfo()</title>{\"propertySources\": [{}]}"),
                        FuzzTarget.words("\n at ( : Contact: Expires: = [ INSERT <b> \t -----BEGIN"),
                        text -> write(SiteGrader.grade(site(List.of(), text)))));
    }

    /** Returns a site that sends the same response to every request. */
    static ObservedSite site(List<Header> headers, String body) {
        HttpExchange.HttpExchangeResult answer = ObservedSite.response(200, headers, body);
        HttpExchange root = ObservedSite.get(ORIGIN, answer);
        HttpExchange error = ObservedSite.get(ORIGIN + "%C0", ObservedSite.response(500, headers, body));
        HttpExchange canary = ObservedSite.get(ORIGIN + "nothing", ObservedSite.response(404, headers, "not here"));
        List<HttpExchange> paths = SensitivePaths.ALL.stream()
                .map(path -> ObservedSite.get(ORIGIN + path.substring(1), answer))
                .toList();
        LeakageResponses leakage = new LeakageResponses(
                new NotFoundBaseline(List.of(canary, canary), root),
                paths,
                error,
                List.of(root),
                new InformationalResponses(root, root));
        return ObservedSite.page()
                .entry(Observation.seen(ObservedSite.chain(root)))
                .again(root)
                .plain(Observation.seen(
                        Optional.of(ObservedSite.chain(ObservedSite.get("http://www.example.com/", answer)))))
                .cors(Observation.seen(new CorsResponses("https://o.example", root, root, root)))
                .leakage(Observation.seen(leakage));
    }

    private static List<Header> headers(String text) {
        List<Header> headers = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(new Header(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip()));
            }
        }
        return headers;
    }

    private static void write(Report report) {
        GateResult gate = QualityGate.evaluate(report, GateConditions.defaults());
        for (ReportFormat format : ReportFormat.values()) {
            if (format.write(report, gate).isBlank() || report.categories().size() != CheckCategory.values().length) {
                throw new AssertionError(format);
            }
        }
    }
}
