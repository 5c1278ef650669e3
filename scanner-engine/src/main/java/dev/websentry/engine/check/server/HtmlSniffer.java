package dev.websentry.engine.check.server;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Tag;

/**
 * Recognizes HTML pages by their content, whatever their Content-Type is. Follows the WHATWG MIME Sniffing standard,
 * section 7.1, but accepts every HTML element as the first one, because error pages are often fragments.
 */
final class HtmlSniffer {
    /** A byte order mark and white space, which can precede a page. */
    private static final Pattern BLANK = Pattern.compile("[\\s\\uFEFF]*+");

    private static final Pattern DOCTYPE = Pattern.compile("<!doctype\\s+html\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELEMENT = Pattern.compile("</?([A-Za-z][A-Za-z0-9-]{0,30})[\\s/>]");

    private HtmlSniffer() {}

    /** Returns whether the first thing in a text, apart from comments, is an HTML doctype or element. */
    static boolean isHtml(String text) {
        int start = skip(text);
        Matcher doctype = DOCTYPE.matcher(text).region(start, text.length());
        if (doctype.lookingAt()) {
            return true;
        }
        Matcher element = ELEMENT.matcher(text).region(start, text.length());
        return element.lookingAt() && Tag.isKnownTag(element.group(1).toLowerCase(Locale.ROOT));
    }

    /** Returns the position after white space, comments and the XML declaration. */
    private static int skip(String text) {
        int position = 0;
        while (true) {
            Matcher blank = BLANK.matcher(text).region(position, text.length());
            position = blank.lookingAt() ? blank.end() : position;
            String end = text.startsWith("<!--", position) ? "-->" : text.startsWith("<?xml", position) ? "?>" : "";
            int found = end.isEmpty() ? -1 : text.indexOf(end, position);
            if (found < 0) {
                return position;
            }
            position = found + end.length();
        }
    }
}
