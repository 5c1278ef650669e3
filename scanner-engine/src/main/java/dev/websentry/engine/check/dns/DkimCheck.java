package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.UnobservedException;
import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.dkim.DkimKey;
import dev.websentry.engine.syntax.dkim.DkimKeyDiscovery;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks whether the mail domain publishes a strong DKIM key (RFC 6376). */
public final class DkimCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored("dns.dkim", "DKIM", CheckCategory.DNS, 2)
            .description("Mail is signed with an RSA key of at least 2048 bits or an Ed25519 key.")
            .remediation(Remediation.of("Sign outgoing mail with a 2048-bit RSA key and publish the public key at"
                            + " selector._domainkey of the mail domain. The DNS cannot list selectors: set"
                            + " dkimSelectors to your selectors, so that exactly these are checked.")
                    .withConfig(
                            "DNS zone",
                            "selector1._domainkey  IN TXT \"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A...\"")
                    .withConfig("OpenDKIM", "opendkim-genkey --bits=2048 --selector=selector1 --domain=example.com"))
            .references(
                    "https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1",
                    "https://www.rfc-editor.org/rfc/rfc8301#section-3.2",
                    "https://www.rfc-editor.org/rfc/rfc8463")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return PublicHostOnly.forMailDomain(seen, domain -> judge(seen, domain));
    }

    private static CheckVerdict judge(ScanObservations seen, String domain) {
        List<String> configured = seen.dns().subject().dkimSelectors();
        DkimKeyDiscovery search = DkimKeyDiscovery.discover(
                domain, configured, seen.dns().subject().controlSelector(), seen.dns());
        if (!search.receivesMail()) {
            return search.unknownReason()
                    .map(DkimCheck::unknown)
                    .orElseGet(() ->
                            CheckVerdict.nothingToProtect(domain + " has no mail server (no MX record, or a null MX)"));
        }
        boolean nothingElse = search.keys().isEmpty() && search.unknownReason().isEmpty();
        if (search.wildcard() && configured.isEmpty() && nothingElse) {
            return CheckVerdict.notApplicable(
                    "a wildcard record answers for every selector, so the selectors in use cannot be"
                            + " detected; set dkimSelectors to your selectors");
        }
        return judgeKeys(search, domain, configured)
                .evidence(DnsEvidence.limit(
                        search.keys().stream().map(DkimCheck::evidenceLine).toList()));
    }

    private static CheckVerdict judgeKeys(DkimKeyDiscovery search, String domain, List<String> configured) {
        Optional<DkimKeyDiscovery.DkimKeyRecord> strong = first(search, key -> key.strong() && !key.testMode());
        if (strong.isPresent()) {
            return CheckVerdict.pass(describe(strong.get()));
        }
        // While answers are missing, only a strong key gives a definite result: a missing answer may hold one.
        if (search.unknownReason().isPresent()) {
            return unknown(search.unknownReason().get());
        }
        Optional<DkimKeyDiscovery.DkimKeyRecord> testing = first(search, DkimKey::strong);
        if (testing.isPresent()) {
            return CheckVerdict.warn(describe(testing.get()) + " is in test mode (t=y)");
        }
        Optional<DkimKeyDiscovery.DkimKeyRecord> weak = first(search, DkimKey::acceptable);
        if (weak.isPresent()) {
            return CheckVerdict.warn(describe(weak.get()) + ", less than the 2048 bits that RFC 8301 recommends");
        }
        return search.keys().isEmpty() ? noKey(search, domain, configured) : unusable(search.keys());
    }

    private static CheckVerdict noKey(DkimKeyDiscovery search, String domain, List<String> configured) {
        if (!configured.isEmpty()) {
            return CheckVerdict.fail("no DKIM key at the configured selectors " + String.join(", ", configured));
        }
        return search.domainkeyNameMissing()
                ? CheckVerdict.fail(
                        "no DKIM key: _domainkey." + domain + " does not exist, but the domain has mail servers")
                : CheckVerdict.notApplicable(
                        "no DKIM key at the common selectors; set dkimSelectors to your selectors");
    }

    private static CheckVerdict unusable(List<DkimKeyDiscovery.DkimKeyRecord> keys) {
        return CheckVerdict.fail("no usable DKIM key: "
                + String.join(
                        "; ", keys.stream().limit(3).map(DkimCheck::describe).toList()));
    }

    private static CheckVerdict unknown(String reason) {
        throw new UnobservedException(reason);
    }

    private static Optional<DkimKeyDiscovery.DkimKeyRecord> first(DkimKeyDiscovery search, Predicate<DkimKey> rule) {
        return search.keys().stream()
                .filter(key -> key.key().filter(rule).isPresent())
                .findFirst();
    }

    private static String describe(DkimKeyDiscovery.DkimKeyRecord key) {
        return "selector " + key.selector() + ": "
                + key.key().map(DkimCheck::size).orElse("malformed (" + Excerpt.of(key.parseError(), 60) + ")");
    }

    private static String size(DkimKey key) {
        if (key.revoked()) {
            return "revoked";
        }
        String size = key.algorithm().equals("ed25519") ? "Ed25519" : "RSA " + key.bits() + " bits";
        return key.usable() ? size : size + ", but not usable for mail with SHA-256";
    }

    private static String evidenceLine(DkimKeyDiscovery.DkimKeyRecord key) {
        return key.selector() + "._domainkey: " + key.text();
    }
}
