package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.Remediation;

/** Remedies that end in one response header. */
final class HeaderRemedy {
    private HeaderRemedy() {}

    /** @param value without a double quote or a backslash, which the three targets would each escape in their own way */
    static Remediation send(String text, String name, String value) {
        return send(
                text,
                name,
                value,
                "http.headers(headers -> headers.addHeaderWriter(\n" + "        new StaticHeadersWriter(\"" + name
                        + "\", \"" + value + "\")));");
    }

    /** @param spring the line of a security filter chain that sends it */
    static Remediation send(String text, String name, String value, String spring) {
        return Remediation.of(text)
                .nginx("add_header " + name + " \"" + value + "\" always;")
                .apache("Header always set " + name + " \"" + value + "\"")
                .spring(spring);
    }
}
