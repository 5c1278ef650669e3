package dev.websentry.engine.check.headers;

import dev.websentry.engine.check.ProxySnippets;
import dev.websentry.engine.check.Remediation;

/** Creates remediations that consist in sending one response header. */
final class HeaderRemediation {
    private HeaderRemediation() {}

    /**
     * Creates a remediation with configuration for nginx, Apache httpd, Spring Security, Caddy, HAProxy and Traefik.
     *
     * @param text what to do, in one or two sentences
     * @param name the name of the header
     * @param value the value of the header, without double quotes and backslashes, which the configurations
     *     would have to escape differently
     */
    static Remediation sendHeader(String text, String name, String value) {
        return sendHeader(
                text,
                name,
                value,
                "http.headers(headers -> headers.addHeaderWriter(\n        new StaticHeadersWriter(\"" + name + "\", \""
                        + value + "\")));");
    }

    /**
     * Creates a remediation with specific configuration for Spring Security.
     *
     * @param spring the statement of a security filter chain that sends the header
     */
    static Remediation sendHeader(String text, String name, String value, String spring) {
        Remediation remediation = Remediation.of(text)
                .nginx("add_header " + name + " \"" + value + "\" always;")
                .apache("Header always set " + name + " \"" + value + "\"")
                .springSecurity(spring);
        return ProxySnippets.sendHeader(remediation, name, value);
    }
}
