package dev.websentry.engine.syntax.dkim;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.TrackingDnsLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The DKIM keys found for a domain.
 *
 * @param receivesMail true if the domain has an MX record other than a null MX; if false, the other components are
 *     empty
 * @param keys the key records found, in the order of the selectors; if the selectors are guessed, without those of a
 *     wildcard record, which say nothing about the selectors in use
 * @param wildcard true if a random selector has TXT records too, so that a wildcard record must exist
 * @param domainkeyNameMissing true if the name {@code _domainkey} definitely does not exist, so that no selector can
 *     exist
 * @param unknownReason the reason why the domain may have more keys than were found; empty if every query was answered
 */
public record DkimKeyDiscovery(
        boolean receivesMail,
        List<DkimKeyRecord> keys,
        boolean wildcard,
        boolean domainkeyNameMissing,
        Optional<String> unknownReason) {
    public DkimKeyDiscovery {
        keys = List.copyOf(keys);
    }

    /**
     * A key record with its selector.
     *
     * @param selector the selector that was queried
     * @param text the TXT record
     * @param key the parsed key; empty if the record is malformed
     * @param parseError the error if the record is malformed; an empty string otherwise
     */
    public record DkimKeyRecord(String selector, String text, Optional<DkimKey> key, String parseError) {}

    /**
     * Searches for the keys of a domain.
     *
     * @param domain the mail domain
     * @param configured the selectors to query; if empty, common selectors are tried
     * @param control a random selector that is not in use, to detect a wildcard record
     * @param dns the answers known so far
     * @return the keys found so far
     */
    public static DkimKeyDiscovery discover(String domain, List<String> configured, String control, DnsLookup dns) {
        TrackingDnsLookup tracked = new TrackingDnsLookup(dns);
        DnsAnswer exchanges = tracked.ask(domain, DnsRecordType.MX);
        // MX and SPF records both identify the mail provider, so the guess is incomplete if either answer is missing.
        DnsAnswer texts = configured.isEmpty() ? tracked.ask(domain, DnsRecordType.TXT) : DnsAnswer.NO_DATA;
        boolean receives = exchanges.data().stream().anyMatch(mx -> !mx.endsWith(" ."));
        if (!receives || texts.status() == DnsAnswer.DnsAnswerStatus.NOT_ASKED) {
            return new DkimKeyDiscovery(receives, List.of(), false, false, tracked.unknownReason());
        }
        String below = "._domainkey." + domain;
        DnsAnswer node = dns.ask("_domainkey." + domain, DnsRecordType.TXT);
        DnsAnswer random = tracked.ask(control + below, DnsRecordType.TXT);
        List<String> selectors =
                configured.isEmpty() ? DkimSelectorGuesser.guess(providerHints(exchanges, texts)) : configured;
        List<DkimKeyRecord> keys = new ArrayList<>();
        for (String selector : selectors) {
            DnsQuestion question = new DnsQuestion(selector + below, DnsRecordType.TXT);
            tracked.answer(question).data().stream()
                    .filter(DkimKey::isKeyRecord)
                    .filter(text -> !configured.isEmpty() || !random.data().contains(text))
                    .forEach(text -> keys.add(parse(selector, text)));
        }
        boolean nothing = node.status() == DnsAnswer.DnsAnswerStatus.NXDOMAIN;
        return new DkimKeyDiscovery(
                true, keys, random.status() == DnsAnswer.DnsAnswerStatus.RECORDS, nothing, tracked.unknownReason());
    }

    private static List<String> providerHints(DnsAnswer exchanges, DnsAnswer texts) {
        List<String> hints = new ArrayList<>(exchanges.data());
        texts.data().stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.startsWith("v=spf1"))
                .forEach(hints::add);
        return hints;
    }

    private static DkimKeyRecord parse(String selector, String text) {
        try {
            return new DkimKeyRecord(selector, text, Optional.of(DkimKey.parse(text)), "");
        } catch (InvalidSyntaxException e) {
            return new DkimKeyRecord(selector, text, Optional.empty(), e.reason());
        }
    }
}
