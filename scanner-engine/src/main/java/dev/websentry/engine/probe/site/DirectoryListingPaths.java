package dev.websentry.engine.probe.site;

import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** Selects directories of a page's own scripts, styles and images, which are checked for directory listings. */
final class DirectoryListingPaths {
    private static final int MAX_DIRECTORIES = 2;
    private static final Evaluator FILES = Selector.evaluatorOf("script[src], link[href], img[src]");

    private DirectoryListingPaths() {}

    /**
     * Selects the directories.
     *
     * @param page the page that references the files
     * @param site a URL of the requested host; directories of other origins are ignored
     * @return the URLs of the directories; empty if the page is not HTML
     */
    static List<HttpUrl> select(ResponsePage page, HttpUrl site) {
        if (!page.isHtml()) {
            return List.of();
        }
        HttpUrl base = page.exchange().url();
        Document document = page.response().body().html();
        Set<HttpUrl> found = new LinkedHashSet<>();
        for (Element element : document.select(FILES)) {
            String reference = element.hasAttr("src") ? element.attr("src") : element.attr("href");
            HttpUrl url = base.resolve(reference);
            if (url != null
                    && url.scheme().equals(site.scheme())
                    && url.host().equals(site.host())
                    && url.port() == site.port()
                    && url.pathSize() > 1) {
                found.add(url.newBuilder()
                        .setPathSegment(url.pathSize() - 1, "")
                        .query(null)
                        .fragment(null)
                        .build());
            }
        }
        return new ArrayList<>(found).subList(0, Math.min(MAX_DIRECTORIES, found.size()));
    }
}
