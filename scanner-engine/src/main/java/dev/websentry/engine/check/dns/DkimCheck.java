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

/** Whether the domain publishes a strong key for signing its mail, RFC 6376. */
public final class DkimCheck implements Check {
    private static final Definition DEFINITION = Definition.of("dns.dkim", "DKIM", Category.DNS, 2)
            .describe("Mail is signed with an RSA key of at least 2048 bits or an Ed25519 key.")
            .remedy(Remediation.of("Sign outgoing mail with a 2048-bit RSA key and publish its public half at"
                            + " selector._domainkey of the mail domain. Selectors cannot be listed: name yours with"
                            + " dkimSelectors, so that exactly these are judged.")
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
                    .orElseGet(() -> Verdict.nothingToProtect(domain + " has no mail server (no MX, or a null MX)"));
        }
        if (search.wildcard() && configured.isEmpty()) {
            return Verdict.notApplicable("a selector that nobody uses answers too (wildcard), so no selector can be"
                    + " told to be in use; name yours with dkimSelectors");
        }
        return keys(search, domain, configured)
                .evidence(
                        Evidence.of(search.keys().stream().map(DkimCheck::line).toList()));
    }

    private static Verdict keys(DkimSearch search, String domain, List<String> configured) {
        Optional<DkimSearch.Key> good = first(search, key -> key.strong() && !key.testing());
        if (good.isPresent()) {
            return Verdict.pass(described(good.get()));
        }
        // Only a strong key is sure while answers are missing: one of them may hold it.
        if (search.unknown().isPresent()) {
            return unknown(search.unknown().get());
        }
        Optional<DkimSearch.Key> testing = first(search, DkimKey::strong);
        if (testing.isPresent()) {
            return Verdict.warn(described(testing.get()) + " is in test mode (t=y)");
        }
        Optional<DkimSearch.Key> weak = first(search, DkimKey::acceptable);
        if (weak.isPresent()) {
            return Verdict.warn(described(weak.get()) + ", less than the 2048 bits that RFC 8301 asks for");
        }
        return search.keys().isEmpty() ? none(search, domain, configured) : useless(search.keys());
    }

    private static Verdict none(DkimSearch search, String domain, List<String> configured) {
        if (!configured.isEmpty()) {
            return Verdict.fail("no key at the configured selectors " + String.join(", ", configured));
        }
        return search.nothingBelow()
                ? Verdict.fail(
                        "_domainkey." + domain + " does not exist, so there is no key, but the domain has mail servers")
                : Verdict.notApplicable("none of the usual selectors has a key; name yours with dkimSelectors");
    }

    private static Verdict useless(List<DkimSearch.Key> keys) {
        return Verdict.fail("no usable key: "
                + String.join(
                        "; ", keys.stream().limit(3).map(DkimCheck::described).toList()));
    }

    private static Verdict unknown(String reason) {
        throw new UnknownObservation(reason);
    }

    private static Optional<DkimSearch.Key> first(DkimSearch search, Predicate<DkimKey> rule) {
        return search.keys().stream()
                .filter(key -> key.key().filter(rule).isPresent())
                .findFirst();
    }

    private static String described(DkimSearch.Key key) {
        return "selector " + key.selector() + ": "
                + key.key().map(DkimCheck::size).orElse("malformed (" + Evidence.shortened(key.complaint(), 60) + ")");
    }

    private static String size(DkimKey key) {
        if (key.revoked()) {
            return "revoked";
        }
        String size = key.algorithm().equals("ed25519") ? "Ed25519" : "RSA " + key.bits() + " bits";
        return key.usable() ? size : size + ", but not for mail with SHA-256";
    }

    private static String line(DkimSearch.Key key) {
        return key.selector() + "._domainkey: " + key.text();
    }
}
