package dev.websentry.engine.syntax.mail;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.TagList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The DNS answers about the mail transport of a domain. Each of them may be unknown.
 *
 * @param exchanges the MX records of the domain
 * @param mtaSts the TXT records at {@code _mta-sts}
 * @param tlsReports the TXT records at {@code _smtp._tls}
 * @param bimi the TXT records at {@code default._bimi}
 * @param dane the TLSA answers by mail host, in the order of the MX records
 */
public record MailRecords(
        DnsAnswer exchanges, DnsAnswer mtaSts, DnsAnswer tlsReports, DnsAnswer bimi, Map<String, DnsAnswer> dane) {
    /** TLSA records are queried for at most this many mail hosts. */
    private static final int MAX_HOSTS = 5;

    public MailRecords {
        dane = new LinkedHashMap<>(dane);
    }

    /** Looks up the mail records of a domain. */
    public static MailRecords read(String domain, DnsLookup dns) {
        DnsAnswer exchanges = dns.ask(domain, RecordType.MX);
        Map<String, DnsAnswer> dane = new LinkedHashMap<>();
        hosts(exchanges).stream()
                .limit(MAX_HOSTS)
                .forEach(host -> dane.put(host, dns.ask("_25._tcp." + host, RecordType.TLSA)));
        return new MailRecords(
                exchanges,
                dns.ask("_mta-sts." + domain, RecordType.TXT),
                dns.ask("_smtp._tls." + domain, RecordType.TXT),
                dns.ask("default._bimi." + domain, RecordType.TXT),
                dane);
    }

    /** Returns the mail hosts of an MX answer; empty for a null MX. */
    public static List<String> hosts(DnsAnswer exchanges) {
        return exchanges.data().stream()
                .map(mx -> mx.substring(mx.indexOf(' ') + 1))
                .filter(host -> !host.equals("."))
                .toList();
    }

    /**
     * Returns whether the answer is a null MX: one record with the root as host, so the domain accepts no mail (RFC
     * 7505).
     */
    public static boolean isNullMx(DnsAnswer exchanges) {
        return exchanges.data().size() == 1 && exchanges.data().get(0).endsWith(" .");
    }

    /**
     * Returns the TXT records that begin with a version tag.
     *
     * @param texts a TXT answer
     * @param version the version, such as {@code STSv1}
     */
    public static List<String> ofVersion(DnsAnswer texts, String version) {
        return texts.data().stream()
                .filter(text -> TagList.hasVersion(text, version))
                .toList();
    }
}
