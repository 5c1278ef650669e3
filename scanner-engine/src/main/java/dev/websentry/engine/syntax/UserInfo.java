package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/** The user name and password that a URL may carry (RFC 3986 section 3.2.1) and that nobody should print. */
public final class UserInfo {
    private static final Pattern IN_URL = Pattern.compile("(?<=//)[^/?#\\s@]*@");

    private UserInfo() {}

    /** The text with three dots in the place of every URL's user information. */
    public static String hidden(String text) {
        return IN_URL.matcher(text).replaceAll("...@");
    }
}
