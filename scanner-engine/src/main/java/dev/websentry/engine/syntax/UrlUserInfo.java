package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/** Hides the user information of URLs, which can contain a password (RFC 3986 section 3.2.1). */
public final class UrlUserInfo {
    private static final Pattern IN_URL = Pattern.compile("(?<=//)[^/?#\\s@]*@");

    private UrlUserInfo() {}

    /**
     * Replaces the user information of every URL in a text by three dots.
     *
     * @param text any text
     * @return the text without user information
     */
    public static String mask(String text) {
        return IN_URL.matcher(text).replaceAll("...@");
    }
}
