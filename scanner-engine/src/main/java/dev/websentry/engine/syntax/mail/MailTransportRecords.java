package dev.websentry.engine.syntax.mail;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.TagList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The DNS answers about the mail transport of a domain. Each of them may be unknown.
 *
 * @param mx the MX records of the domain
 * @param mtaSts the TXT records at {@code _mta-sts}
 * @param tlsRpt the TXT records at {@code _smtp._tls}
 * @param bimi the TXT records at {@code default._bimi}
 * @param tlsaByHost the TLSA answers by mail host, in the order of the MX records
 */
public record MailTransportRecords(
        DnsAnswer mx, DnsAnswer mtaSts, DnsAnswer tlsRpt, DnsAnswer bimi, Map<String, DnsAnswer> tlsaByHost) {
    /** TLSA records are queried for at most this many mail hosts. */
    private static final int MAX_HOSTS = 5;

    public MailTransportRecords {
        tlsaByHost = new LinkedHashMap<>(tlsaByHost);
    }

    /** Looks up the mail records of a domain. */
    public static MailTransportRecords lookUp(String domain, DnsLookup dns) {
        DnsAnswer exchanges = dns.ask(domain, DnsRecordType.MX);
        Map<String, DnsAnswer> dane = new LinkedHashMap<>();
        mailHosts(exchanges).stream()
                .limit(MAX_HOSTS)
                .forEach(host -> dane.put(host, dns.ask("_25._tcp." + host, DnsRecordType.TLSA)));
        return new MailTransportRecords(
                exchanges,
                dns.ask("_mta-sts." + domain, DnsRecordType.TXT),
                dns.ask("_smtp._tls." + domain, DnsRecordType.TXT),
                dns.ask("default._bimi." + domain, DnsRecordType.TXT),
                dane);
    }

    /** Returns the mail hosts of an MX answer; empty for a null MX. */
    public static List<String> mailHosts(DnsAnswer exchanges) {
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
    public static List<String> withVersion(DnsAnswer texts, String version) {
        return texts.data().stream()
                .filter(text -> TagList.hasVersion(text, version))
                .toList();
    }
}
