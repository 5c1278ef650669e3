package dev.websentry.engine.observation;

import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, as text and as a parsed HTML document. The document is parsed lazily and only once, because
 * many checks read it, and a malicious page can be slow to parse.
 */
public final class ResponseBody {
    private final String text;
    private @Nullable Document html;

    private ResponseBody(String text) {
        this.text = text;
    }

    /**
     * Creates a body.
     *
     * @param text the decoded text; not null
     * @return the body
     */
    public static ResponseBody of(String text) {
        return new ResponseBody(Objects.requireNonNull(text));
    }

    /** Returns the text as received. */
    public String text() {
        return text;
    }

    /**
     * Returns the body parsed as HTML. All callers share the document, so they must not modify it.
     *
     * @return the document, which has no base URL
     */
    public synchronized Document html() {
        if (html == null) {
            html = Jsoup.parse(text);
        }
        return html;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResponseBody body && body.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
