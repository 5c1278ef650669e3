package dev.websentry.engine.syntax.mail;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.TagList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a domain publishes about its mail transport, as answers: each may be unknown.
 *
 * @param dane the TLSA answer of each mail host, in the order of the MX records
 */
public record MailRecords(
        DnsAnswer exchanges, DnsAnswer mtaSts, DnsAnswer tlsReports, DnsAnswer bimi, Map<String, DnsAnswer> dane) {
    /** Mail hosts beyond these are not asked for TLSA records. */
    private static final int MOST_HOSTS = 5;

    public MailRecords {
        dane = new LinkedHashMap<>(dane);
    }

    public static MailRecords read(String domain, DnsLookup dns) {
        DnsAnswer exchanges = dns.ask(domain, RecordType.MX);
        Map<String, DnsAnswer> dane = new LinkedHashMap<>();
        hosts(exchanges).stream()
                .limit(MOST_HOSTS)
                .forEach(host -> dane.put(host, dns.ask("_25._tcp." + host, RecordType.TLSA)));
        return new MailRecords(
                exchanges,
                dns.ask("_mta-sts." + domain, RecordType.TXT),
                dns.ask("_smtp._tls." + domain, RecordType.TXT),
                dns.ask("default._bimi." + domain, RecordType.TXT),
                dane);
    }

    /** The mail hosts; none for a null MX. */
    public static List<String> hosts(DnsAnswer exchanges) {
        return exchanges.data().stream()
                .map(mx -> mx.substring(mx.indexOf(' ') + 1))
                .filter(host -> !host.equals("."))
                .toList();
    }

    /** RFC 7505: one MX record whose host is the root says that the domain takes no mail. */
    public static boolean isNullMx(DnsAnswer exchanges) {
        return exchanges.data().size() == 1 && exchanges.data().get(0).endsWith(" .");
    }

    /** Records of that version among TXT records, such as STSv1. */
    public static List<String> ofVersion(DnsAnswer texts, String version) {
        return texts.data().stream()
                .filter(text -> TagList.hasVersion(text, version))
                .toList();
    }
}
