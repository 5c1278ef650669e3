package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/** Tells an address from a name, as a URL's host holds either. */
public final class AddressLiteral {
    /** Digits and dots alone are never a name: no top-level domain is a number. Nor is anything with a colon. */
    private static final Pattern FORM = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private AddressLiteral() {}

    /** @param host an IPv6 literal stands without brackets */
    public static boolean is(String host) {
        return FORM.matcher(host).matches();
    }
}
