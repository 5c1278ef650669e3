package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Validates and expands macro strings (RFC 7208 section 7). */
final class SpfMacros {
    private static final String EXPAND = "%\\{([slodiphcrtvSLODIPHCRTV])([0-9]*)([rR]?)([-.+,/_=]*)}";
    private static final String MACRO_STRING =
            "(?:" + EXPAND.replaceAll("\\((?!\\?)", "(?:") + "|%%|%_|%-|[\\x21-\\x24\\x26-\\x7e])*";
    private static final Pattern WHOLE = Pattern.compile(MACRO_STRING);
    /** A domain-spec ends in a top-level label or in a macro. */
    private static final Pattern DOMAIN_END = Pattern.compile(
            ".*(?:\\.(?:[0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9-]*[A-Za-z0-9])\\.?|%\\{[^}]*}|%%|%_|%-)");

    private static final Pattern TOKEN = Pattern.compile(EXPAND + "|%(.)");

    /**
     * No name that can be queried needs more, and matching a much longer text by a pattern could overflow the stack.
     */
    private static final int MAX_LENGTH = 1000;

    private static final int MAX_NAME_LENGTH = 253;

    private SpfMacros() {}

    /** @throws InvalidSyntaxException if the text is not a valid macro-string */
    static void requireMacroString(String text) throws InvalidSyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidSyntaxException(
                    "macro string of " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new InvalidSyntaxException("'" + text + "' is not a valid macro string");
        }
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(1) != null && token.group(2).matches("0+")) {
                throw new InvalidSyntaxException("a macro keeps 0 labels");
            }
        }
    }

    /** @throws InvalidSyntaxException if the text is not a valid domain-spec */
    static void requireDomainSpec(String text) throws InvalidSyntaxException {
        requireMacroString(text);
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(1) != null && "crt".contains(token.group(1).toLowerCase(Locale.ROOT))) {
                // RFC 7208 section 7.2.
                throw new InvalidSyntaxException("the macro " + token.group() + " is allowed in explanations only");
            }
        }
        if (!DOMAIN_END.matcher(text).matches()) {
            throw new InvalidSyntaxException("'" + text + "' is not a valid domain");
        }
    }

    /**
     * Expands a domain-spec, unless the result depends on the message or on the sending host.
     *
     * @param text a valid domain-spec
     * @param current the domain that publishes the record, {@code %{d}}
     * @param sender the domain of the sender, {@code %{o}}
     * @return the domain name in lower case; empty if the result depends on the message
     */
    static Optional<String> expand(String text, String current, String sender) {
        StringBuilder out = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        int last = 0;
        while (token.find()) {
            out.append(text, last, token.start());
            last = token.end();
            if (token.group(1) == null) {
                // RFC 7208 section 7.1: %% is a percent sign, %_ a space, %- a URL-encoded space.
                out.append(
                        switch (token.group(5)) {
                            case "_" -> " ";
                            case "-" -> "%20";
                            default -> "%";
                        });
                continue;
            }
            switch (token.group(1).toLowerCase(Locale.ROOT)) {
                case "d" -> out.append(transform(current, token));
                case "o" -> out.append(transform(sender, token));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(truncate(out.append(text.substring(last)).toString()));
    }

    private static String transform(String value, Matcher token) {
        String delimiters = token.group(4).isEmpty() ? "." : token.group(4);
        List<String> parts = new ArrayList<>(Arrays.asList(value.split("[" + Pattern.quote(delimiters) + "]", -1)));
        if (!token.group(3).isEmpty()) {
            Collections.reverse(parts);
        }
        String digits = token.group(2);
        int keep = digits.isEmpty() || digits.length() > 3 ? parts.size() : Integer.parseInt(digits);
        return String.join(".", parts.subList(Math.max(0, parts.size() - keep), parts.size()));
    }

    /** Removes labels on the left from an expansion of more than 253 characters (RFC 7208 section 7.3). */
    private static String truncate(String name) {
        String domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        int from = 0;
        while (domain.length() - from > MAX_NAME_LENGTH) {
            int dot = domain.indexOf('.', from);
            if (dot < 0) {
                return domain.toLowerCase(Locale.ROOT);
            }
            from = dot + 1;
        }
        return domain.substring(from).toLowerCase(Locale.ROOT);
    }
}
