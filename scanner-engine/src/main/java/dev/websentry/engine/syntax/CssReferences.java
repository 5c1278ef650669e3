package dev.websentry.engine.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The URLs that a style sheet or style attribute loads (CSS Syntax Level 3, section 4.3; CSS Values Level 4, section
 * 4.5). URLs in comments, strings and {@code @namespace} rules are not loaded.
 *
 * @param imports the style sheets of {@code @import} rules
 * @param fonts the URLs in {@code @font-face} rules
 * @param images all other URLs, which are images in nearly all properties
 */
public record CssReferences(List<String> imports, List<String> fonts, List<String> images) {
    public CssReferences {
        imports = List.copyOf(imports);
        fonts = List.copyOf(fonts);
        images = List.copyOf(images);
    }

    /**
     * Parses style rules or declarations. Never fails: what is not CSS contains no references.
     *
     * @param css the text of a style element or attribute
     * @return the references as they were sent, with resolved escapes
     */
    public static CssReferences parse(String css) {
        CssScanner scanner = new CssScanner(css);
        scanner.scan();
        return new CssReferences(scanner.imports, scanner.fonts, scanner.images);
    }

    private static final class CssScanner {
        private final String css;
        private final List<String> imports = new ArrayList<>();
        private final List<String> fonts = new ArrayList<>();
        private final List<String> images = new ArrayList<>();
        private int position;
        private int depth;
        /** The depth of the block of the current font-face rule; 0 outside of one. */
        private int fontDepth;
        /** The number of open parentheses, and the number within the current image-set(); 0 outside of one. */
        private int parentheses;

        private int imageSetParentheses;
        /** The name of the at-rule whose block or semicolon has not been reached. */
        private String atRule = "";

        CssScanner(String css) {
            this.css = css;
        }

        void scan() {
            while (position < css.length()) {
                char c = css.charAt(position);
                if (css.startsWith("/*", position)) {
                    int end = css.indexOf("*/", position + 2);
                    position = end < 0 ? css.length() : end + 2;
                } else if (c == '"' || c == '\'') {
                    String text = string();
                    if (atRule.equals("import")) {
                        imports.add(text);
                        atRule = "";
                    } else if (imageSetParentheses > 0) {
                        // CSS Images Level 4 section 2.4: the strings of image-set() are URLs.
                        images.add(text);
                    }
                } else if (c == '@') {
                    position++;
                    atRule = identifier();
                } else if (isNameCharacter(c)) {
                    word();
                } else {
                    position++;
                    punctuation(c);
                }
            }
        }

        private void punctuation(char c) {
            if (c == '(') {
                parentheses++;
            } else if (c == ')') {
                parentheses--;
                imageSetParentheses = parentheses < imageSetParentheses ? 0 : imageSetParentheses;
            } else if (c == '{') {
                depth++;
                parentheses = 0;
                imageSetParentheses = 0;
                fontDepth = atRule.equals("font-face") ? depth : fontDepth;
                atRule = "";
            } else if (c == '}') {
                depth--;
                fontDepth = depth < fontDepth ? 0 : fontDepth;
                atRule = "";
            } else if (c == ';') {
                atRule = "";
            }
        }

        private void word() {
            String name = identifier();
            if (position < css.length() && css.charAt(position) == '(' && (name.equals("url") || name.equals("src"))) {
                position++;
                url(name);
            } else if (name.equals("image-set") || name.equals("-webkit-image-set")) {
                imageSetParentheses = parentheses + 1;
            }
        }

        private void add(String url) {
            if (atRule.equals("import")) {
                imports.add(url);
                // What follows are the conditions of the import.
                atRule = "";
            } else if (!atRule.equals("namespace")) {
                (fontDepth > 0 ? fonts : images).add(url);
            }
        }

        private String identifier() {
            StringBuilder name = new StringBuilder();
            while (position < css.length() && isNameCharacter(css.charAt(position))) {
                name.append(character());
            }
            return name.toString().toLowerCase(Locale.ROOT);
        }

        /** Reads a string; a line break ends an unterminated one (section 4.3.5). */
        private String string() {
            char quote = css.charAt(position++);
            StringBuilder text = new StringBuilder();
            while (position < css.length() && css.charAt(position) != quote && css.charAt(position) != '\n') {
                text.append(character());
            }
            position++;
            return text.toString();
        }

        /** Reads what follows the parenthesis of url() or src(). */
        private void url(String name) {
            while (position < css.length() && Character.isWhitespace(css.charAt(position))) {
                position++;
            }
            boolean quoted = position < css.length() && (css.charAt(position) == '"' || css.charAt(position) == '\'');
            if (name.equals("url") && !quoted) {
                unquotedUrl().ifPresent(this::add);
                return;
            }
            // A function like any other: spaces and modifiers may follow before its closing parenthesis.
            parentheses++;
            if (quoted) {
                add(string());
            }
        }

        /** Reads a URL without quotes; empty for one with quotes, parentheses or spaces inside (section 4.3.6). */
        private Optional<String> unquotedUrl() {
            StringBuilder url = new StringBuilder();
            boolean ended = false;
            boolean valid = true;
            while (position < css.length() && css.charAt(position) != ')') {
                char c = css.charAt(position);
                if (Character.isWhitespace(c)) {
                    ended = true;
                    position++;
                } else {
                    valid = valid && !ended && c != '"' && c != '\'' && c != '(';
                    url.append(character());
                }
            }
            position++;
            return valid ? Optional.of(url.toString()) : Optional.empty();
        }

        /** Reads a character or an escape (section 4.3.7). */
        private String character() {
            char c = css.charAt(position++);
            if (c != '\\' || position == css.length()) {
                return String.valueOf(c);
            }
            int end = position;
            while (end < css.length() && end - position < 6 && Character.digit(css.charAt(end), 16) >= 0) {
                end++;
            }
            if (end == position) {
                return String.valueOf(css.charAt(position++));
            }
            int code = Integer.parseInt(css.substring(position, end), 16);
            position = end < css.length() && Character.isWhitespace(css.charAt(end)) ? end + 1 : end;
            return Character.isValidCodePoint(code) ? Character.toString(code) : "\ufffd";
        }

        private static boolean isNameCharacter(char c) {
            return c >= 0x80
                    || c == '-'
                    || c == '_'
                    || c == '\\'
                    || (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z');
        }
    }
}
