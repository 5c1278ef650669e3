package dev.websentry.engine.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What to do about a finding.
 *
 * @param text one or two sentences; the first says what to do
 * @param configs ready to copy
 */
public record Remediation(String text, List<Config> configs) {
    /**
     * A piece of configuration.
     *
     * @param target what it configures, such as nginx
     */
    public record Config(String target, String code) {}

    public Remediation {
        configs = List.copyOf(configs);
    }

    public static Remediation of(String text) {
        return new Remediation(text, List.of());
    }

    public Remediation with(String target, String code) {
        List<Config> more = new ArrayList<>(configs);
        more.add(new Config(target, code));
        return new Remediation(text, more);
    }

    public Remediation nginx(String code) {
        return with("nginx", code);
    }

    public Remediation apache(String code) {
        return with("Apache httpd", code);
    }

    public Remediation spring(String code) {
        return with("Spring Security", code);
    }
}
