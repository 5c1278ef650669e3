package dev.websentry.engine.check.redirects;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Where a refresh leads: the HTML standard's shared declarative refresh steps. Read in one pass, whatever its length. */
final class RefreshTarget {
    private final String text;
    private int position;

    private RefreshTarget(String text) {
        this.text = text;
    }

    /** The URL as it is written; empty where the page only reloads itself, or where browsers ignore the refresh. */
    static Optional<String> of(String text) {
        return new RefreshTarget(text).read();
    }

    private Optional<String> read() {
        skip(RefreshTarget::isBlank);
        int time = position;
        skip(c -> (c >= '0' && c <= '9') || c == '.');
        if (position == time || !endsTime()) {
            return Optional.empty();
        }
        skip(RefreshTarget::isBlank);
        if (peek() == ';' || peek() == ',') {
            position++;
            skip(RefreshTarget::isBlank);
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

    /** {@code url=}, which may be missing: where it is not whole, the URL begins with these very letters. */
    private void skipName() {
        int begin = position;
        if (text.regionMatches(true, position, "url", 0, 3)) {
            position += 3;
            skip(RefreshTarget::isBlank);
            if (peek() == '=') {
                position++;
                skip(RefreshTarget::isBlank);
                return;
            }
        }
        position = begin;
    }

    /** None of those holds at the end. */
    private void skip(IntPredicate those) {
        while (those.test(peek())) {
            position++;
        }
    }

    /** The next character; -1 at the end. */
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
