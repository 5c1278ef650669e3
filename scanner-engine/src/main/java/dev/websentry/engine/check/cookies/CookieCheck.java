package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.List;

/** Base of the cookie checks. A site that sets no cookies has nothing to protect. */
interface CookieCheck extends Check {
    /** Maximum number of cookies in the evidence; a site can set thousands. */
    int MOST_EVIDENCE = 12;

    /**
     * Evaluates the cookies of a site.
     *
     * @param jar the stored cookies; not empty
     * @param seen the observations of the scan
     * @return the verdict
     */
    Verdict judge(CookieJar jar, Observations seen);

    @Override
    default Verdict judge(Observations seen) {
        CookieJar jar = CookieJar.of(seen);
        if (!jar.isEmpty()) {
            return judge(jar, seen);
        }
        int status = seen.site().page().value().response().status();
        if (status == 401 || status == 403) {
            // Clients with access to the page may receive cookies that the scan cannot observe.
            return Verdict.notChecked(
                    "the entry page returned status " + status + ", so its cookies were not observed");
        }
        return Verdict.nothingToProtect("The observed responses set no cookies");
    }

    /**
     * Returns an httpd configuration that edits both header tables: one contains the headers of proxied applications,
     * the other those of scripts and error responses.
     *
     * @param edit the arguments of the Header directive
     * @return the configuration, three lines
     */
    static String apache(String edit) {
        return "# mod_headers: the first line applies to proxied applications, the second to scripts and error responses\nHeader "
                + edit + "\nHeader always " + edit;
    }

    /** Returns the lines of evidence for these cookies, without their values. */
    static List<String> evidence(List<SeenCookie> cookies) {
        List<String> lines = new java.util.ArrayList<>(
                cookies.stream().limit(MOST_EVIDENCE).map(SeenCookie::evidence).toList());
        if (cookies.size() > MOST_EVIDENCE) {
            lines.add("and " + (cookies.size() - MOST_EVIDENCE) + " more");
        }
        return lines;
    }
}
