package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;

/** Base of the cookie checks. A site that sets no cookies has nothing to protect. */
interface CookieCheck extends Check {
    /** Maximum number of cookies in the evidence; a site can set thousands. */
    int MAX_EVIDENCE_COOKIES = 12;

    /**
     * Evaluates the cookies of a site.
     *
     * @param jar the stored cookies; not empty
     * @param seen the observations of the scan
     * @return the verdict
     */
    CheckVerdict evaluate(CookieJar jar, ScanObservations seen);

    @Override
    default CheckVerdict evaluate(ScanObservations seen) {
        CookieJar jar = CookieJar.of(seen);
        if (!jar.isEmpty()) {
            return evaluate(jar, seen);
        }
        int status = seen.site().page().value().response().status();
        if (status == 401 || status == 403) {
            // Clients with access to the page may receive cookies that the scan cannot observe.
            return CheckVerdict.notChecked(
                    "the entry page returned status " + status + ", so its cookies were not observed");
        }
        return CheckVerdict.nothingToProtect("The observed responses set no cookies");
    }

    /**
     * Returns an httpd configuration that edits both header tables: one contains the headers of proxied applications,
     * the other those of scripts and error responses.
     *
     * @param edit the arguments of the Header directive
     * @return the configuration, three lines
     */
    static String apacheHeaderEdit(String edit) {
        return "# mod_headers: the first line applies to proxied applications, the second to scripts and error responses\nHeader "
                + edit + "\nHeader always " + edit;
    }

    /** Returns the lines of evidence for these cookies, without their values. */
    static List<String> evidence(List<StoredCookie> cookies) {
        List<String> lines = new java.util.ArrayList<>(cookies.stream()
                .limit(MAX_EVIDENCE_COOKIES)
                .map(StoredCookie::evidence)
                .toList());
        if (cookies.size() > MAX_EVIDENCE_COOKIES) {
            lines.add("and " + (cookies.size() - MAX_EVIDENCE_COOKIES) + " more");
        }
        return lines;
    }
}
