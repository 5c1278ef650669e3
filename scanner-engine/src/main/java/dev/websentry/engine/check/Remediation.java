package dev.websentry.engine.check;

import java.util.ArrayList;
import java.util.List;

/**
 * How to fix a finding.
 *
 * @param text one or two sentences; the first says what to do
 * @param configs configuration snippets to copy
 */
public record Remediation(String text, List<ConfigSnippet> configs) {
    /**
     * A configuration snippet.
     *
     * @param target the software that it configures, such as nginx
     * @param code the snippet
     */
    public record ConfigSnippet(String target, String code) {}

    public Remediation {
        configs = List.copyOf(configs);
    }

    /** Returns a remediation without configuration snippets. */
    public static Remediation of(String text) {
        return new Remediation(text, List.of());
    }

    /**
     * Returns a copy with another configuration snippet at the end.
     *
     * @param target the software that it configures, such as nginx
     * @param code the snippet
     * @return the copy
     */
    public Remediation withConfig(String target, String code) {
        List<ConfigSnippet> more = new ArrayList<>(configs);
        more.add(new ConfigSnippet(target, code));
        return new Remediation(text, more);
    }

    public Remediation nginx(String code) {
        return withConfig("nginx", code);
    }

    public Remediation apache(String code) {
        return withConfig("Apache httpd", code);
    }

    public Remediation caddy(String code) {
        return withConfig("Caddy", code);
    }

    public Remediation haproxy(String code) {
        return withConfig("HAProxy", code);
    }

    public Remediation traefik(String code) {
        return withConfig("Traefik", code);
    }

    public Remediation springSecurity(String code) {
        return withConfig("Spring Security", code);
    }
}
