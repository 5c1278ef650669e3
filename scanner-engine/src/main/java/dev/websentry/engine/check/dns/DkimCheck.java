package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.syntax.dkim.DkimKey;
import dev.websentry.engine.syntax.dkim.DkimSearch;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks whether the mail domain publishes a strong DKIM key (RFC 6376). */
public final class DkimCheck implements Check {
    private static final Definition DEFINITION = Definition.of("dns.dkim", "DKIM", Category.DNS, 2)
            .describe("Mail is signed with an RSA key of at least 2048 bits or an Ed25519 key.")
            .remedy(Remediation.of("Sign outgoing mail with a 2048-bit RSA key and publish the public key at"
                            + " selector._domainkey of the mail domain. The DNS cannot list selectors: set"
                            + " dkimSelectors to your selectors, so that exactly these are checked.")
                    .with(
                            "DNS zone",
                            "selector1._domainkey  IN TXT \"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A...\"")
                    .with("OpenDKIM", "opendkim-genkey --bits=2048 --selector=selector1 --domain=example.com"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1",
                    "https://www.rfc-editor.org/rfc/rfc8301#section-3.2",
                    "https://www.rfc-editor.org/rfc/rfc8463")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return Subject.ofMailDomain(seen, domain -> judge(seen, domain));
    }

    private static Verdict judge(Observations seen, String domain) {
        List<String> configured = seen.dns().subject().dkimSelectors();
        DkimSearch search =
                DkimSearch.search(domain, configured, seen.dns().subject().controlSelector(), seen.dns());
        if (!search.receivesMail()) {
            return search.unknown()
                    .map(DkimCheck::unknown)
                    .orElseGet(() ->
                            Verdict.nothingToProtect(domain + " has no mail server (no MX record, or a null MX)"));
        }
        if (search.wildcard() && configured.isEmpty()) {
            return Verdict.notApplicable(
                    "a wildcard record answers for every selector, so the selectors in use cannot be"
                            + " detected; set dkimSelectors to your selectors");
        }
        return judgeKeys(search, domain, configured)
                .evidence(Evidence.of(
                        search.keys().stream().map(DkimCheck::evidenceLine).toList()));
    }

    private static Verdict judgeKeys(DkimSearch search, String domain, List<String> configured) {
        Optional<DkimSearch.Key> strong = first(search, key -> key.strong() && !key.testing());
        if (strong.isPresent()) {
            return Verdict.pass(describe(strong.get()));
        }
        // While answers are missing, only a strong key gives a definite result: a missing answer may hold one.
        if (search.unknown().isPresent()) {
            return unknown(search.unknown().get());
        }
        Optional<DkimSearch.Key> testing = first(search, DkimKey::strong);
        if (testing.isPresent()) {
            return Verdict.warn(describe(testing.get()) + " is in test mode (t=y)");
        }
        Optional<DkimSearch.Key> weak = first(search, DkimKey::acceptable);
        if (weak.isPresent()) {
            return Verdict.warn(describe(weak.get()) + ", less than the 2048 bits that RFC 8301 recommends");
        }
        return search.keys().isEmpty() ? noKey(search, domain, configured) : unusable(search.keys());
    }

    private static Verdict noKey(DkimSearch search, String domain, List<String> configured) {
        if (!configured.isEmpty()) {
            return Verdict.fail("no DKIM key at the configured selectors " + String.join(", ", configured));
        }
        return search.nothingBelow()
                ? Verdict.fail("no DKIM key: _domainkey." + domain + " does not exist, but the domain has mail servers")
                : Verdict.notApplicable("no DKIM key at the common selectors; set dkimSelectors to your selectors");
    }

    private static Verdict unusable(List<DkimSearch.Key> keys) {
        return Verdict.fail("no usable DKIM key: "
                + String.join(
                        "; ", keys.stream().limit(3).map(DkimCheck::describe).toList()));
    }

    private static Verdict unknown(String reason) {
        throw new UnknownObservation(reason);
    }

    private static Optional<DkimSearch.Key> first(DkimSearch search, Predicate<DkimKey> rule) {
        return search.keys().stream()
                .filter(key -> key.key().filter(rule).isPresent())
                .findFirst();
    }

    private static String describe(DkimSearch.Key key) {
        return "selector " + key.selector() + ": "
                + key.key().map(DkimCheck::size).orElse("malformed (" + Evidence.shortened(key.complaint(), 60) + ")");
    }

    private static String size(DkimKey key) {
        if (key.revoked()) {
            return "revoked";
        }
        String size = key.algorithm().equals("ed25519") ? "Ed25519" : "RSA " + key.bits() + " bits";
        return key.usable() ? size : size + ", but not usable for mail with SHA-256";
    }

    private static String evidenceLine(DkimSearch.Key key) {
        return key.selector() + "._domainkey: " + key.text();
    }
}
