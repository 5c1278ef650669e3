package dev.websentry.engine.observe;

import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * A body as text, and as the document that a browser would make of it, which is parsed once, when it is first asked for:
 * many checks read it, and a page can be made to parse slowly.
 */
public final class BodyText {
    private final String text;
    private @Nullable Document html;

    private BodyText(String text) {
        this.text = text;
    }

    /** @param text decoded; not null */
    public static BodyText of(String text) {
        return new BodyText(Objects.requireNonNull(text));
    }

    /** As it was received; never null. */
    public String text() {
        return text;
    }

    /** Whoever reads it leaves it as it is: all checks share it. It has no base URL. */
    public synchronized Document html() {
        if (html == null) {
            html = Jsoup.parse(text);
        }
        return html;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyText body && body.text.equals(text);
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
