package dev.websentry.engine.check.redirects;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Parses the value of a Refresh header or a meta refresh by the shared declarative refresh steps of the HTML
 * standard. Parses in a single pass, so that the time is linear in the length of the value.
 */
final class DeclarativeRefreshParser {
    private final String text;
    private int position;

    private DeclarativeRefreshParser(String text) {
        this.text = text;
    }

    /**
     * Parses a refresh value.
     *
     * @param text the value, such as "0; url=/next"
     * @return the URL reference as written; empty if the page only reloads itself, or if browsers ignore the value
     */
    static Optional<String> parseUrl(String text) {
        return new DeclarativeRefreshParser(text).read();
    }

    private Optional<String> read() {
        skip(DeclarativeRefreshParser::isBlank);
        int time = position;
        skip(c -> (c >= '0' && c <= '9') || c == '.');
        if (position == time || !endsTime()) {
            return Optional.empty();
        }
        skip(DeclarativeRefreshParser::isBlank);
        if (peek() == ';' || peek() == ',') {
            position++;
            skip(DeclarativeRefreshParser::isBlank);
        }
        skipName();
        int quote = peek();
        if (quote != '"' && quote != '\'') {
            return some(text.substring(position));
        }
        int end = text.indexOf(quote, position + 1);
        return some(text.substring(position + 1, end < 0 ? text.length() : end));
    }

    private boolean endsTime() {
        int next = peek();
        return next < 0 || isBlank(next) || next == ';' || next == ',';
    }

    /** Skips {@code url=}, which is optional. If it is incomplete, its letters are the beginning of the URL. */
    private void skipName() {
        int begin = position;
        if (text.regionMatches(true, position, "url", 0, 3)) {
            position += 3;
            skip(DeclarativeRefreshParser::isBlank);
            if (peek() == '=') {
                position++;
                skip(DeclarativeRefreshParser::isBlank);
                return;
            }
        }
        position = begin;
    }

    /** Skips characters. The condition must not match -1, the end of the text. */
    private void skip(IntPredicate condition) {
        while (condition.test(peek())) {
            position++;
        }
    }

    /** Returns the next character; -1 at the end. */
    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private static Optional<String> some(String url) {
        return url.isBlank() ? Optional.empty() : Optional.of(url.strip());
    }
}
