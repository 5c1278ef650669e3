package dev.websentry.engine.syntax.dkim;

import dev.websentry.engine.syntax.Malformed;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The DKIM keys found for a domain.
 *
 * @param receivesMail true if the domain has an MX record other than a null MX; if false, the other components are
 *     empty
 * @param keys the key records found, in the order of the selectors
 * @param wildcard true if a random selector has TXT records too, so that a wildcard record must exist
 * @param nothingBelow true if the name {@code _domainkey} definitely does not exist, so that no selector can exist
 * @param unknown the reason why the domain may have more keys than were found; empty if every query was answered
 */
public record DkimSearch(
        boolean receivesMail, List<Key> keys, boolean wildcard, boolean nothingBelow, Optional<String> unknown) {
    public DkimSearch {
        keys = List.copyOf(keys);
    }

    /**
     * A key record with its selector.
     *
     * @param selector the selector that was queried
     * @param text the TXT record
     * @param key the parsed key; empty if the record is malformed
     * @param complaint the error if the record is malformed; an empty string otherwise
     */
    public record Key(String selector, String text, Optional<DkimKey> key, String complaint) {}

    /**
     * Searches for the keys of a domain.
     *
     * @param domain the mail domain
     * @param configured the selectors to query; if empty, common selectors are tried
     * @param control a random selector that is not in use, to detect a wildcard record
     * @param dns the answers known so far
     * @return the keys found so far
     */
    public static DkimSearch search(String domain, List<String> configured, String control, DnsLookup dns) {
        Unknowns tracked = new Unknowns(dns);
        DnsAnswer exchanges = tracked.ask(domain, RecordType.MX);
        // MX and SPF records both identify the mail provider, so the guess is incomplete if either answer is missing.
        DnsAnswer texts = configured.isEmpty() ? tracked.ask(domain, RecordType.TXT) : DnsAnswer.NO_DATA;
        boolean receives = exchanges.data().stream().anyMatch(mx -> !mx.endsWith(" ."));
        if (!receives || texts.status() == DnsAnswer.Status.NOT_ASKED) {
            return new DkimSearch(receives, List.of(), false, false, tracked.first());
        }
        String below = "._domainkey." + domain;
        DnsAnswer node = dns.ask("_domainkey." + domain, RecordType.TXT);
        DnsAnswer random = tracked.ask(control + below, RecordType.TXT);
        List<String> selectors =
                configured.isEmpty() ? DkimSelectors.guess(providerHints(exchanges, texts)) : configured;
        List<Key> keys = new ArrayList<>();
        for (String selector : selectors) {
            DnsQuestion question = new DnsQuestion(selector + below, RecordType.TXT);
            tracked.answer(question).data().stream()
                    .filter(DkimKey::isKey)
                    .forEach(text -> keys.add(parse(selector, text)));
        }
        boolean nothing = node.status() == DnsAnswer.Status.NXDOMAIN;
        return new DkimSearch(true, keys, random.status() == DnsAnswer.Status.RECORDS, nothing, tracked.first());
    }

    private static List<String> providerHints(DnsAnswer exchanges, DnsAnswer texts) {
        List<String> hints = new ArrayList<>(exchanges.data());
        texts.data().stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.startsWith("v=spf1"))
                .forEach(hints::add);
        return hints;
    }

    private static Key parse(String selector, String text) {
        try {
            return new Key(selector, text, Optional.of(DkimKey.parse(text)), "");
        } catch (Malformed e) {
            return new Key(selector, text, Optional.empty(), e.complaint());
        }
    }
}
