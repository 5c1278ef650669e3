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
 * What was found of a domain's DKIM keys.
 *
 * @param receivesMail whether the domain has an MX that is not null; what follows is empty without one
 * @param keys the selectors that answered with a key record
 * @param wildcard whether a selector that nobody uses answers too
 * @param nothingBelow whether the name _domainkey surely does not exist, so that no selector can
 * @param unknown why the domain may have more than was found; empty when every question was answered
 */
public record DkimSearch(
        boolean receivesMail, List<Key> keys, boolean wildcard, boolean nothingBelow, Optional<String> unknown) {
    public DkimSearch {
        keys = List.copyOf(keys);
    }

    /**
     * A key record.
     *
     * @param key empty when the record is malformed
     * @param complaint why it is malformed; empty when it is not
     */
    public record Key(String selector, String text, Optional<DkimKey> key, String complaint) {}

    /**
     * Searches.
     *
     * @param configured the selectors to look up; when empty, the usual ones are guessed
     * @param control a selector that nobody uses, to see through a wildcard
     */
    public static DkimSearch search(String domain, List<String> configured, String control, DnsLookup dns) {
        Unknowns asked = new Unknowns(dns);
        DnsAnswer exchanges = asked.ask(domain, RecordType.MX);
        // Asked beside MX: both tell the provider, so without either a guess would be incomplete.
        DnsAnswer texts = configured.isEmpty() ? asked.ask(domain, RecordType.TXT) : DnsAnswer.NO_DATA;
        boolean receives = exchanges.data().stream().anyMatch(mx -> !mx.endsWith(" ."));
        if (!receives || texts.status() == DnsAnswer.Status.NOT_ASKED) {
            return new DkimSearch(receives, List.of(), false, false, asked.first());
        }
        String below = "._domainkey." + domain;
        DnsAnswer node = dns.ask("_domainkey." + domain, RecordType.TXT);
        DnsAnswer random = asked.ask(control + below, RecordType.TXT);
        List<String> selectors = configured.isEmpty() ? DkimSelectors.guess(traces(exchanges, texts)) : configured;
        List<Key> keys = new ArrayList<>();
        for (String selector : selectors) {
            DnsQuestion question = new DnsQuestion(selector + below, RecordType.TXT);
            asked.answer(question).data().stream()
                    .filter(DkimKey::isKey)
                    .forEach(text -> keys.add(read(selector, text)));
        }
        boolean nothing = node.status() == DnsAnswer.Status.NXDOMAIN;
        return new DkimSearch(true, keys, random.status() == DnsAnswer.Status.RECORDS, nothing, asked.first());
    }

    private static List<String> traces(DnsAnswer exchanges, DnsAnswer texts) {
        List<String> traces = new ArrayList<>(exchanges.data());
        texts.data().stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.startsWith("v=spf1"))
                .forEach(traces::add);
        return traces;
    }

    private static Key read(String selector, String text) {
        try {
            return new Key(selector, text, Optional.of(DkimKey.parse(text)), "");
        } catch (Malformed e) {
            return new Key(selector, text, Optional.empty(), e.complaint());
        }
    }
}
