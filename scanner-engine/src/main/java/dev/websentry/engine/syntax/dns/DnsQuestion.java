package dev.websentry.engine.syntax.dns;

import java.util.Locale;

/**
 * A DNS question.
 *
 * @param name the absolute domain name; converted to lower case, without the trailing dot
 * @param type the type of records
 */
public record DnsQuestion(String name, DnsRecordType type) {
    public DnsQuestion {
        name = name.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
