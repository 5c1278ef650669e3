package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import dev.websentry.engine.syntax.dkim.DkimKey;
import dev.websentry.engine.syntax.dmarc.DmarcDiscovery;
import dev.websentry.engine.syntax.dmarc.DmarcRecord;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.TagList;
import dev.websentry.engine.syntax.mail.MtaStsPolicy;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import dev.websentry.engine.syntax.spf.SpfRecord;
import dev.websentry.engine.syntax.spf.SpfResult;
import dev.websentry.engine.syntax.spf.SpfTerm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fuzz targets for the mail records of a domain. */
final class MailFuzzTargets {
    /** A domain name of maximum size: 253 characters and 126 labels. */
    private static final String LONG_DOMAIN = "a." + "b.".repeat(124) + "cde";

    private static final int MAX_LENGTH = 64 << 10;

    private MailFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.ofLatin1(
                        "spf",
                        MAX_LENGTH,
                        List.of(
                                "v=spf1 include:_spf.example.net a/24 mx:b.example//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all",
                                "v=spf1 exists:%{d2}.%{o1r-}._x.example redirect=%{d}.e.example exp=why.example x=%{i}",
                                "v=spf1 ?ptr +mx ~all"),
                        FuzzTarget.words(
                                "%{d} %{o} %{d1r.} include: exists: redirect= a: / // 0 ip4: ip6: :: .example"),
                        MailFuzzTargets::spf),
                FuzzTarget.ofLatin1(
                        "dmarc",
                        MAX_LENGTH,
                        List.of(
                                "v=DMARC1; p=reject; sp=none; np=quarantine; rua=mailto:a@example.com!10m,mailto:b@c.example; t=y",
                                "v=DMARC1;p=none;psd=y;pct=50"),
                        FuzzTarget.words("; = p= rua=mailto: @ ! , psd= pct= 9"),
                        MailFuzzTargets::dmarc),
                FuzzTarget.ofLatin1(
                        "dkim",
                        MAX_LENGTH,
                        List.of(
                                "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                                "k=rsa; h=sha256:sha1; s=*:email; t=y; p=MAowCAYDAQABAgEF",
                                "v=DKIM1; p="),
                        FuzzTarget.words("; = p= k=rsa h= : AgEF MA== AA=="),
                        MailFuzzTargets::dkim),
                FuzzTarget.ofLatin1(
                        "tag-list",
                        MAX_LENGTH,
                        List.of("v=STSv1; id=20260301;", "a=1 ; b = 2"),
                        FuzzTarget.words("; = a= v ;;"),
                        MailFuzzTargets::tagList),
                FuzzTarget.ofUtf8(
                        "mta-sts",
                        64 << 10,
                        List.of(
                                "version: STSv1\r\nmode: enforce\r\nmx: *.Example.com\r\nmx: mail.example\r\nmax_age: 604800\r\n"),
                        FuzzTarget.words("mx: : mode: none max_age: 9 \r\n *. version: STSv1"),
                        MailFuzzTargets::mtaSts));
    }

    private static void spf(String text) {
        DnsLookup dns = question -> {
            if (question.type() == DnsRecordType.TXT) {
                return DnsAnswer.records("v=spf1 " + text, text);
            }
            return question.type() == DnsRecordType.MX ? DnsAnswer.records("10 mail.example") : DnsAnswer.NO_DATA;
        };
        DnsLookup single =
                question -> question.type() == DnsRecordType.TXT ? DnsAnswer.records(text) : DnsAnswer.NO_DATA;
        SpfEvaluator.evaluate(LONG_DOMAIN, dns);
        SpfResult assessment = SpfEvaluator.evaluate(LONG_DOMAIN, single);
        assertEquals(SpfRecord.isSpf(text), !assessment.ownRecords().isEmpty());
        if (!SpfRecord.isSpf(text)) {
            return;
        }
        try {
            SpfRecord record = SpfRecord.parse(text);
            String printed = record.terms().stream().map(SpfTerm::toString).collect(Collectors.joining(" "));
            assertEquals(record, SpfRecord.parse("v=spf1 " + printed), printed);
            // RFC 7208 section 4.6.4: a further lookup term adds one lookup if it is reached, whatever it refers to.
            boolean ends = record.terms().stream().anyMatch(term -> term.type() == SpfTerm.SpfTermType.ALL);
            int more = SpfEvaluator.evaluate(LONG_DOMAIN, onlyAtLongDomain(text + " exists:x.invalid"))
                    .lookups();
            int as = SpfEvaluator.evaluate(LONG_DOMAIN, onlyAtLongDomain(text)).lookups();
            assertEquals(ends ? as : as + 1, more);
        } catch (InvalidSyntaxException e) {
            assertFalse(assessment.errors().isEmpty());
        }
    }

    private static DnsLookup onlyAtLongDomain(String record) {
        return question ->
                question.type() == DnsRecordType.TXT && question.name().equals(LONG_DOMAIN)
                        ? DnsAnswer.records(record)
                        : DnsAnswer.NO_DATA;
    }

    private static void dmarc(String text) {
        DmarcRecord record = DmarcRecord.parse(text);
        record.invalidPolicyTag();
        record.hasReportUri();
        assertTrue(record.reportHosts().size() <= 10);
        assertTrue(record.percent() >= 0 && record.percent() <= 100);
        assertTrue("ynu".indexOf(record.psd()) >= 0);
        DmarcDiscovery found = DmarcDiscovery.discover(
                LONG_DOMAIN,
                question -> question.type() == DnsRecordType.TXT ? DnsAnswer.records(text) : DnsAnswer.NO_DATA);
        assertEquals(DmarcRecord.isDmarc(text), found.domainRecord().isPresent());
        if (found.domainRecord().isPresent()) {
            // RFC 9989 section 4.7: neither test mode nor an invalid policy results in "reject".
            assertFalse(found.rejects()
                    && (record.testMode() || record.invalidPolicyTag().isPresent()));
            found.subdomainPolicy();
            found.nonexistentSubdomainPolicy();
        }
    }

    private static void dkim(String text) {
        try {
            DkimKey key = DkimKey.parse(text);
            assertTrue(DkimKey.isKeyRecord(text));
            assertTrue(!key.strong() || key.acceptable());
            boolean empty = TagList.parse(text).get("p").orElse("").isBlank();
            // RFC 6376 section 3.6.1: a key is revoked exactly if p is empty.
            assertEquals(empty, key.revoked());
        } catch (InvalidSyntaxException e) {
            assertFalse(e.reason().isBlank());
        }
    }

    private static void tagList(String text) {
        try {
            TagList list = TagList.parse(text);
            assertEquals(list, TagList.lenient(text));
            String printed = list.tags().entrySet().stream()
                    .map(tag -> tag.getKey() + " =\t" + tag.getValue())
                    .collect(Collectors.joining(" ; "));
            assertEquals(list, TagList.parse(printed + ";"));
        } catch (InvalidSyntaxException e) {
            assertFalse(e.reason().isBlank());
        }
        TagList.hasVersion(text, "STSv1");
    }

    private static void mtaSts(String text) {
        try {
            MtaStsPolicy policy = MtaStsPolicy.parse(text);
            String printed = "version: STSv1\nmode: " + policy.mode() + "\n"
                    + policy.mxPatterns().stream().map(mx -> "mx:" + mx + "\n").collect(Collectors.joining())
                    + "max_age:" + policy.maxAgeSeconds();
            assertEquals(policy, MtaStsPolicy.parse(printed));
            Optional<String> first = policy.mxPatterns().stream().findFirst();
            first.ifPresent(mx -> assertTrue(policy.covers(mx.startsWith("*.") ? "x" + mx.substring(1) : mx)));
            assertFalse(policy.covers("not.in.the.policy.invalid"));
        } catch (InvalidSyntaxException e) {
            assertFalse(e.reason().isBlank());
        }
    }
}
