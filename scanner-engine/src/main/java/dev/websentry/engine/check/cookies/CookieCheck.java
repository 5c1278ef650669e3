package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/** What the four checks share: a site that sets no cookies has nothing to protect. */
interface CookieCheck extends Check {
    /** Lines of evidence that are shown; a site can set thousands. */
    int MOST_EVIDENCE = 12;

    /** Judges a jar with at least one cookie in it. */
    Verdict judge(CookieJar jar, Observations seen);

    @Override
    default Verdict judge(Observations seen) {
        CookieJar jar = CookieJar.of(seen);
        if (!jar.isEmpty()) {
            return judge(jar, seen);
        }
        int status = seen.site().page().value().response().status();
        if (status == 401 || status == 403) {
            // Whoever gets in may well be given a cookie; we were not let in.
            return Verdict.notChecked("the entry page answers " + status + ", so its cookies are not seen");
        }
        return Verdict.nothingToProtect("The responses seen set no cookies");
    }

    /** Both tables of httpd: what a proxied application sends stands in one, what a script or an error sends in the other. */
    static String apache(String edit) {
        return "# mod_headers; the first line for proxied applications, the second for scripts and errors\nHeader "
                + edit + "\nHeader always " + edit;
    }

    /** The cookies as evidence, without their values. */
    static List<String> evidence(List<SeenCookie> cookies) {
        List<String> lines = new java.util.ArrayList<>(
                cookies.stream().limit(MOST_EVIDENCE).map(SeenCookie::evidence).toList());
        if (cookies.size() > MOST_EVIDENCE) {
            lines.add("and " + (cookies.size() - MOST_EVIDENCE) + " more");
        }
        return lines;
    }
}
