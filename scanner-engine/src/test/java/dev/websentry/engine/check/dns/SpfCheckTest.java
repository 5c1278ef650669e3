package dev.websentry.engine.check.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.spf.SpfEvaluator;
import dev.websentry.engine.syntax.spf.SpfResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfCheckTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', quoteCharacter = '"', textBlock = """
                    hard fail passes^                      PASS^ -all^ example.com TXT v=spf1 ip4:192.0.2.0/24 -all
                    soft fail passes^                      PASS^ ~all^ example.com TXT v=spf1 ~all
                    version and terms ignore case^         PASS^ -all^ example.com TXT V=SPF1 IP4:192.0.2.1 -ALL
                    neutral warns^                         WARN^ ?all^ example.com TXT v=spf1 ?all
                    no all warns^                          WARN^ no all^ example.com TXT v=spf1 ip4:192.0.2.1
                    plus all fails^                        FAIL^ any server may send mail^ example.com TXT v=spf1 +all
                    bare all is plus all^                  FAIL^ any server may send mail^ example.com TXT v=spf1 all
                    a network of all addresses fails^      FAIL^ any server may send mail for the domain: ip4:0.0.0.0/0^ example.com TXT v=spf1 ip4:0.0.0.0/0 -all
                    two halves are everyone (RFC 7208 section 4.6.2)^ FAIL^ authorizes 100 % of all IPv4 addresses^ example.com TXT v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all
                    half of all addresses is everyone^     FAIL^ authorizes 50 % of all IPv4 addresses^ example.com TXT v=spf1 ip4:0.0.0.0/1 -all
                    a gap does not make it less than everyone^ FAIL^ authorizes 99 % of all IPv4 addresses^ example.com TXT v=spf1 -ip4:10.0.0.0/24 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all
                    halves of two includes are everyone^   FAIL^ authorizes 100 % of all IPv4^ example.com TXT v=spf1 include:b.net include:c.net -all | b.net TXT v=spf1 ip4:0.0.0.0/1 -all | c.net TXT v=spf1 ip4:128.0.0.0/1 ?all
                    a half and a half of the redirect are everyone^ FAIL^ authorizes 100 % of all IPv4^ example.com TXT v=spf1 ip4:0.0.0.0/1 redirect=b.net | b.net TXT v=spf1 ip4:128.0.0.0/1 -all
                    halves by the addresses of a and mx are everyone^ FAIL^ authorizes 100 % of all IPv4^ example.com TXT v=spf1 a/1 mx/1 -all | example.com A 1.2.3.4 | example.com MX 1 b.net | b.net A 192.0.2.1
                    an include with a soft fail passes nobody^ PASS^ -all^ example.com TXT v=spf1 ~include:b.net -all | b.net TXT v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all
                    only networks that pass count^         PASS^ -all^ example.com TXT v=spf1 ~ip4:0.0.0.0/1 -ip4:128.0.0.0/1 -all
                    a network that a former term denies does not count^ PASS^ -all^ example.com TXT v=spf1 -ip4:0.0.0.0/1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 -all
                    the same network twice counts once^    WARN^ authorizes 25 % of all IPv4 addresses^ example.com TXT v=spf1 ip4:0.0.0.0/2 ip4:0.0.0.0/2 ip4:12.0.0.0/8 -all
                    a sixteenth is larger than any organization^ WARN^ authorizes 6 % of all IPv4 addresses^ example.com TXT v=spf1 ip4:16.0.0.0/4 -all
                    several large networks are plausible^  PASS^ -all^ example.com TXT v=spf1 ip4:17.0.0.0/8 ip4:12.0.0.0/8 ip4:40.0.0.0/8 -all
                    all global IPv6 addresses are everyone (RFC 4291 section 2.4)^ FAIL^ authorizes 100 % of all global unicast IPv6 addresses^ example.com TXT v=spf1 ip6:2000::/3 -all
                    IPv6 halves are everyone^              FAIL^ authorizes 100 % of all global unicast IPv6^ example.com TXT v=spf1 ip6:::/1 ip6:8000::/1 -all
                    half of the global IPv6 addresses is everyone^ FAIL^ authorizes 50 % of all global unicast IPv6^ example.com TXT v=spf1 ip6:2000::/4 -all
                    an IPv6 registry is not everyone^      PASS^ -all^ example.com TXT v=spf1 ip6:2a00::/11 -all
                    everyone is definite while an include is unknown^ FAIL^ authorizes 100 % of all IPv4^ example.com TXT v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 include:b.net -all | b.net TXT TIMEOUT
                    an include that passes any server fails^ FAIL^ all at b.net^ example.com TXT v=spf1 include:b.net -all | b.net TXT v=spf1 +all
                    a negated +all include passes^         PASS^ -all^ example.com TXT v=spf1 -include:b.net -all | b.net TXT v=spf1 +all
                    a missing record fails^                FAIL^ no SPF record^ example.com TXT some other text
                    missing with DMARC reject warns^       WARN^ DMARC policy is reject^ _dmarc.example.com TXT v=DMARC1; p=reject
                    missing with an invalid DMARC record fails^ FAIL^ no SPF record^ _dmarc.example.com TXT v=DMARC1; p=reject; p=reject
                    missing with DMARC quarantine fails^  FAIL^ no SPF record^ _dmarc.example.com TXT v=DMARC1; p=quarantine
                    missing with unknown DMARC is not checked^ NOT_CHECKED^ no answer in time^ _dmarc.example.com TXT TIMEOUT
                    spf10 is not SPF^                      FAIL^ no SPF record^ example.com TXT v=spf10 -all
                    two records fail^                      FAIL^ 2 SPF records^ example.com TXT v=spf1 -all | example.com TXT v=spf1 ~all
                    an unknown mechanism fails^            FAIL^ not an SPF term^ example.com TXT v=spf1 ipv4:192.0.2.1 -all
                    a broken address fails^                FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.2.300 -all
                    a broken IPv6 network fails^           FAIL^ IPv6 network^ example.com TXT v=spf1 ip6:2001:db8::1::2 -all
                    an IPv6 network passes^                PASS^ -all^ example.com TXT v=spf1 ip6:2001:db8::/32 ip6:::ffff:192.0.2.1 -all
                    a prefix that is too long fails^       FAIL^ prefix^ example.com TXT v=spf1 a/33 -all
                    an error after all fails^              FAIL^ not an SPF term^ example.com TXT v=spf1 -all foo:bar
                    an include of one label fails^         FAIL^ not a valid domain^ example.com TXT v=spf1 include:localhost -all
                    an unknown macro fails^                FAIL^ macro^ example.com TXT v=spf1 exists:%{x}.example.com -all
                    a lone percent sign fails^             FAIL^ macro^ example.com TXT v=spf1 exists:%a.example.com -all
                    redirect twice fails^                  FAIL^ twice^ example.com TXT v=spf1 redirect=a.net redirect=b.net
                    an unknown modifier is ignored^        PASS^ -all^ example.com TXT v=spf1 moo=cow -all
                    exp costs nothing^                     PASS^ 0 of 10^ example.com TXT v=spf1 -all exp=why.example.com
                    include and a count as lookups^         PASS^ 2 of 10^ example.com TXT v=spf1 include:b.net a -all | b.net TXT v=spf1 -all | example.com A 192.0.2.1
                    ptr warns^                             WARN^ ptr^ example.com TXT v=spf1 ptr -all
                    redirect decides without all^          PASS^ -all^ example.com TXT v=spf1 redirect=b.net | b.net TXT v=spf1 -all
                    redirect counts once^                  PASS^ -all, 1 of 10 lookups: redirect=b.net^ example.com TXT v=spf1 redirect=b.net | b.net TXT v=spf1 -all
                    redirect is ignored if all is present^ PASS^ 0 of 10^ example.com TXT v=spf1 -all redirect=b.net
                    redirect to plus all fails^            FAIL^ any server^ example.com TXT v=spf1 redirect=b.net | b.net TXT v=spf1 all
                    redirect to nothing fails^             FAIL^ which has no SPF^ example.com TXT v=spf1 redirect=b.net
                    an include without SPF fails^          FAIL^ which has no SPF^ example.com TXT v=spf1 include:b.net -all
                    an include of a missing name fails^    FAIL^ which has no SPF^ example.com TXT v=spf1 include:b.net -all | b.net TXT NXDOMAIN
                    an include that times out is not checked^ NOT_CHECKED^ no answer in time^ example.com TXT v=spf1 include:b.net -all | b.net TXT TIMEOUT
                    a SERVFAIL is not a missing record^    NOT_CHECKED^ SERVFAIL^ example.com TXT SERVFAIL
                    a definite error overrides a timeout^  FAIL^ which has no SPF^ example.com TXT v=spf1 include:b.net include:c.net -all | b.net TXT TIMEOUT
                    a loop fails^                          FAIL^ loop^ example.com TXT v=spf1 include:b.net -all | b.net TXT v=spf1 include:example.com -all
                    an include of itself fails^            FAIL^ loop^ example.com TXT v=spf1 include:example.com -all
                    the same include twice is not a loop^  PASS^ 2 of 10^ example.com TXT v=spf1 include:b.net include:b.net -all | b.net TXT v=spf1 -all
                    ten lookups pass^                      PASS^ 10 of 10^ example.com TXT v=spf1 exists:%{i}.a.net exists:%{i}.b.net exists:%{i}.c.net exists:%{i}.d.net exists:%{i}.e.net exists:%{i}.f.net exists:%{i}.g.net exists:%{i}.h.net exists:%{i}.i.net exists:%{i}.j.net -all
                    eleven lookups fail^                   FAIL^ 11 lookup terms^ example.com TXT v=spf1 exists:%{i}.a.net exists:%{i}.b.net exists:%{i}.c.net exists:%{i}.d.net exists:%{i}.e.net exists:%{i}.f.net exists:%{i}.g.net exists:%{i}.h.net exists:%{i}.i.net exists:%{i}.j.net exists:%{i}.k.net -all
                    lookups after all do not count^        PASS^ 0 of 10^ example.com TXT v=spf1 -all include:b.net
                    two void lookups pass^                 PASS^ 2 of 10^ example.com TXT v=spf1 a:a.example.com mx -all
                    three void lookups fail^               FAIL^ 3 void lookups^ example.com TXT v=spf1 a:a.example.com mx exists:b.example.com -all
                    an address of either family is not void^ PASS^ 3 of 10^ example.com TXT v=spf1 a:a.net a:b.net a:c.net -all | a.net AAAA 2001:db8::1 | b.net A 192.0.2.1
                    a macro of the domain is followed^     PASS^ 1 of 10^ example.com TXT v=spf1 include:_spf.%{d} -all | _spf.example.com TXT v=spf1 -all
                    a reversed macro is followed^          PASS^ 1 of 10^ example.com TXT v=spf1 include:%{d1r}.net -all | example.net TXT v=spf1 -all
                    a macro of the message is not followed^ PASS^ 1 of 10^ example.com TXT v=spf1 include:%{l}.example.com -all
                    a version without space is not SPF^    FAIL^ no SPF record^ example.com TXT v=spf1-all
                    all with a dot fails^                  FAIL^ not an SPF term^ example.com TXT v=spf1 -all.
                    all with an argument fails^            FAIL^ no argument^ example.com TXT v=spf1 -all:b.net
                    all with a prefix fails^               FAIL^ no argument^ example.com TXT v=spf1 -all/8
                    the first of two all counts^           PASS^ -all^ example.com TXT v=spf1 -all +all
                    an address with a port fails^          FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.2.1:80 -all
                    an address without number fails^       FAIL^ IPv4 network^ example.com TXT v=spf1 ip4 -all
                    three octets fail^                     FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.2 -all
                    an octet with a leading zero fails^    FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.02.1 -all
                    an IPv4 prefix of 33 fails^            FAIL^ prefix^ example.com TXT v=spf1 ip4:192.0.2.0/33 -all
                    a prefix with a leading zero fails^    FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.2.0/024 -all
                    an IPv4 network with two slashes fails^ FAIL^ IPv4 network^ example.com TXT v=spf1 ip4:192.0.2.0//24 -all
                    an IPv6 prefix of 129 fails^           FAIL^ prefix^ example.com TXT v=spf1 ip6:2001:db8::/129 -all
                    an IPv6 network with two slashes fails^ FAIL^ IPv6 network^ example.com TXT v=spf1 ip6:2001:db8:://32 -all
                    an IPv4 address as IPv6 fails^         FAIL^ IPv6 network^ example.com TXT v=spf1 ip6:192.0.2.1 -all
                    every IPv6 address fails^              FAIL^ any server may send mail^ example.com TXT v=spf1 ip6:::/0 -all
                    both prefixes of a pass^               PASS^ 1 of 10^ example.com TXT v=spf1 a/24//64 -all | example.com A 192.0.2.1
                    a prefix length of 0 passes any server^  FAIL^ any server may send mail^ example.com TXT v=spf1 a//0 -all
                    a slash without prefix fails^          FAIL^ colon^ example.com TXT v=spf1 a/ -all
                    a colon without domain fails^          FAIL^ not a valid domain^ example.com TXT v=spf1 a: -all
                    a domain with a port fails^            FAIL^ not a valid domain^ example.com TXT v=spf1 a:b.net:8080 -all
                    a number as domain fails^              FAIL^ not a valid domain^ example.com TXT v=spf1 a:111.222.33.44 -all
                    a single top-level label fails^        FAIL^ not a valid domain^ example.com TXT v=spf1 a:museum. -all
                    a top label with a hyphen first fails^ FAIL^ not a valid domain^ example.com TXT v=spf1 a:b.-com -all
                    a colon inside a domain is allowed^    PASS^ 1 of 10^ example.com TXT v=spf1 a:foo:bar/baz.b.net -all
                    include without domain fails^          FAIL^ colon^ example.com TXT v=spf1 include -all
                    include with a prefix fails^           FAIL^ not a valid domain^ example.com TXT v=spf1 include:b.net/24 -all
                    exists without domain fails^           FAIL^ not a valid domain^ example.com TXT v=spf1 exists: -all
                    ptr with an empty domain fails^        FAIL^ not a valid domain^ example.com TXT v=spf1 ptr: -all
                    a mechanism written as modifier is unknown and ignored^ PASS^ 0 of 10^ example.com TXT v=spf1 include=b.net -all
                    a modifier written as mechanism fails^ FAIL^ not an SPF term^ example.com TXT v=spf1 redirect:b.net
                    a modifier without name fails^         FAIL^ not an SPF term^ example.com TXT v=spf1 =all
                    a modifier of many signs is ignored^   PASS^ -all^ example.com TXT v=spf1 moo.cow-far_out=man:dog/cat ip4:192.0.2.1 -all
                    a bad macro in an unknown modifier fails^ FAIL^ macro^ example.com TXT v=spf1 moo=%abc -all
                    a qualified modifier fails^            FAIL^ not an SPF term^ example.com TXT v=spf1 -redirect=b.net
                    exp twice fails^                       FAIL^ twice^ example.com TXT v=spf1 exp=a.net -all EXP=b.net
                    exp without domain fails^              FAIL^ not a valid domain^ example.com TXT v=spf1 exp= -all
                    redirect without domain fails^         FAIL^ not a valid domain^ example.com TXT v=spf1 redirect=
                    redirect counts wherever it stands^    PASS^ -all^ example.com TXT v=spf1 redirect=b.net ip4:192.0.2.1 | b.net TXT v=spf1 -all
                    a tab is not a separator^              FAIL^ not an SPF term^ example.com TXT v=spf1 a\tmx -all
                    several spaces count as one^           PASS^ -all^ example.com TXT v=spf1   ip4:192.0.2.1   -all
                    a macro letter for explanations fails^ FAIL^ explanations only^ example.com TXT v=spf1 exists:%{c}.b.net -all
                    an upper-case one fails^               FAIL^ explanations only^ example.com TXT v=spf1 exists:%{T}.b.net -all
                    a macro that keeps no label fails^     FAIL^ keeps 0^ example.com TXT v=spf1 exists:%{d0}.b.net -all
                    a macro without brace fails^           FAIL^ macro^ example.com TXT v=spf1 exists:%{i.b.net -all
                    a macro with an invalid delimiter fails^ FAIL^ macro^ example.com TXT v=spf1 exists:%{i*}.b.net -all
                    every delimiter passes^                PASS^ 1 of 10^ example.com TXT v=spf1 exists:%{l1r.-+,/_=}.b.net -all
                    exists that matches every sender fails^ FAIL^ exists:b.net at example.com^ example.com TXT v=spf1 exists:b.net -all | b.net A 127.0.0.2
                    a negated exists passes^               PASS^ -all^ example.com TXT v=spf1 -exists:b.net -all | b.net A 127.0.0.2
                    exists of a missing name passes^       PASS^ 1 of 10^ example.com TXT v=spf1 exists:b.net -all
                    exists of an invalid name passes^      PASS^ 1 of 10^ example.com TXT v=spf1 exists:a..b.net -all
                    an unknown exists is not checked^      NOT_CHECKED^ A b.net^ example.com TXT v=spf1 exists:b.net -all | b.net A TIMEOUT
                    an unknown negated exists passes^      PASS^ 1 of 10^ example.com TXT v=spf1 -exists:b.net -all | b.net A TIMEOUT
                    an invalid name is a void lookup^      FAIL^ 3 void lookups^ example.com TXT v=spf1 a:a..b.net a:b..b.net a:c..b.net -all
                    a nested include without SPF fails^     FAIL^ which has no SPF^ example.com TXT v=spf1 include:b.net -all | b.net TXT v=spf1 include:c.net -all
                    a nested syntax error fails^           FAIL^ syntax error at b.net^ example.com TXT v=spf1 include:b.net -all | b.net TXT v=spf1 foo -all
                    two nested records fail^               FAIL^ b.net has 2 SPF records^ example.com TXT v=spf1 include:b.net -all | b.net TXT v=spf1 -all | b.net TXT v=spf1 -all
                    a loop of redirects fails^             FAIL^ loop^ example.com TXT v=spf1 redirect=b.net | b.net TXT v=spf1 redirect=example.com
                    an all of an include does not count^   WARN^ no all^ example.com TXT v=spf1 include:b.net | b.net TXT v=spf1 -all
                    mail hosts without address are void^   FAIL^ 3 void lookups^ example.com TXT v=spf1 mx -all | example.com MX 1 a.net | example.com MX 2 b.net | example.com MX 3 c.net
                    two void mail hosts pass^              PASS^ 1 of 10^ example.com TXT v=spf1 mx -all | example.com MX 1 a.net | example.com MX 2 b.net | example.com MX 3 c.net | c.net AAAA 2001:db8::1
                    an unknown address that may exceed the limit is not checked^ NOT_CHECKED^ A c.net^ example.com TXT v=spf1 mx -all | example.com MX 1 a.net | example.com MX 2 b.net | example.com MX 3 c.net | c.net A TIMEOUT
                    an unknown address within the limit passes^ PASS^ 1 of 10^ example.com TXT v=spf1 mx -all | example.com MX 1 a.net | example.com MX 2 b.net | a.net A TIMEOUT
                    an unknown IPv6 address counts too^    NOT_CHECKED^ AAAA c.net^ example.com TXT v=spf1 mx -all | example.com MX 1 a.net | example.com MX 2 b.net | example.com MX 3 c.net | c.net AAAA TIMEOUT
                    unknown addresses do not hide three void lookups^ FAIL^ 3 void lookups^ example.com TXT v=spf1 a:a.net a:b.net a:c.net a:d.net -all | d.net A SERVFAIL
                    unknown mail hosts are not checked^    NOT_CHECKED^ MX example.com^ example.com TXT v=spf1 mx -all | example.com MX TIMEOUT
                    a null MX is one void lookup^          PASS^ 1 of 10^ example.com TXT v=spf1 mx -all | example.com MX 0 .
                    """)
    void evaluatesRecords(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(zone.strip()).expect(new SpfCheck(), outcome, inValue);
    }

    @Test
    void moreThanTenMailHostsFail() {
        StringBuilder zone = new StringBuilder("example.com TXT v=spf1 mx -all");
        for (int i = 0; i < 11; i++) {
            zone.append(" | example.com MX 10 mx").append(i).append(".example.com");
        }
        ObservedDns.zone(zone.toString()).expect(new SpfCheck(), CheckOutcome.FAIL, "mx at example.com has 11 hosts");
    }

    @Test
    void tenMailHostsPass() {
        StringBuilder zone = new StringBuilder("example.com TXT v=spf1 mx -all");
        for (int i = 0; i < 10; i++) {
            zone.append(" | example.com MX 10 mx").append(i).append(".net | mx");
            zone.append(i).append(".net A 192.0.2.1");
        }
        ObservedDns.zone(zone.toString()).expect(new SpfCheck(), CheckOutcome.PASS, "1 of 10 lookups: mx");
    }

    @Test
    void valueShowsTheLookupTreeAndEvidenceTheRecords() {
        CheckVerdict verdict = ObservedDns.zone(
                        "example.com TXT v=spf1 include:b.net mx -all | b.net TXT v=spf1 include:c.net ~all"
                                + " | c.net TXT v=spf1 -all | example.com MX 10 mx.example.com")
                .evaluate(new SpfCheck());
        assertEquals("-all, 3 of 10 lookups: include:b.net (include:c.net), mx", verdict.value());
        assertEquals(
                java.util.List.of(
                        "example.com: v=spf1 include:b.net mx -all",
                        "b.net: v=spf1 include:c.net ~all",
                        "c.net: v=spf1 -all"),
                verdict.evidence());
    }

    @Test
    void evaluationOfAHostileTreeIsBounded() {
        StringBuilder zone = new StringBuilder("example.com TXT v=spf1");
        for (int i = 0; i < 30; i++) {
            zone.append(" include:n").append(i).append(".net");
        }
        zone.append(" -all");
        for (int i = 0; i < 30; i++) {
            zone.append(" | n").append(i).append(".net TXT v=spf1 exists:%{i}.x.net exists:%{i}.y.net -all");
        }
        CheckVerdict verdict = ObservedDns.zone(zone.toString()).evaluate(new SpfCheck());
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertTrue(verdict.value().contains("more than 40 lookup terms"), verdict.value());
        assertTrue(verdict.evidence().size() <= 12);
    }

    @Test
    void exactlyFortyLookupTermsAreEvaluated() {
        ObservedDns.zone("example.com TXT v=spf1" + " a".repeat(40) + " -all")
                .expect(new SpfCheck(), CheckOutcome.FAIL, "40 lookup terms, at most 10 are allowed; 40 void lookups");
        ObservedDns.zone("example.com TXT v=spf1" + " a".repeat(39) + " include:b.net -all")
                .expect(
                        new SpfCheck(),
                        CheckOutcome.FAIL,
                        "include:b.net refers to b.net, which has no SPF record; 40 lookup");
        ObservedDns.zone("example.com TXT v=spf1" + " a".repeat(40) + " include:b.net -all")
                .expect(
                        new SpfCheck(),
                        CheckOutcome.FAIL,
                        "more than 40 lookup terms, at most 10 are allowed; 40 void lookups");
    }

    @Test
    void veryLongTermIsASyntaxErrorWithoutCrash() {
        ObservedDns.zone("example.com TXT v=spf1 exists:" + "%{i}".repeat(15_000) + " -all")
                .expect(new SpfCheck(), CheckOutcome.FAIL, "syntax error");
        ObservedDns.zone("example.com TXT v=spf1" + " a".repeat(20_000) + " -all")
                .expect(new SpfCheck(), CheckOutcome.FAIL, "more than 40 lookup terms");
    }

    @Test
    void spfDoesNotApplyToAddresses() {
        ObservedDns.zone("")
                .withoutPublicName()
                .expect(new SpfCheck(), CheckOutcome.NOT_APPLICABLE, "not a public DNS name");
    }

    /** Each expansion of %{d} has 126 labels, so 240 of them make a name of more than 30,000 labels. */
    @Test
    @Tag("small-heap")
    void hugeExpandedNameIsTruncatedWithLittleMemory() {
        String domain = "a.".repeat(125) + "net";
        ObservedDns.zone(domain + " TXT v=spf1 " + ("exists:" + "%{d}".repeat(240) + ".net ").repeat(10) + "-all")
                .mailDomain(domain)
                .expect(new SpfCheck(), CheckOutcome.FAIL, "void lookups");
    }

    @Test
    void termsArePrintedInRecordSyntax() {
        String terms =
                "a/24 mx:b.net//64 a:c.net/24//64 ip4:192.0.2.1 ip6:2001:db8::/32 ?ptr exists:%{i}.d.net moo=cow";
        SpfResult assessment = SpfEvaluator.evaluate(
                "example.com",
                question -> question.type() == DnsRecordType.TXT
                        ? DnsAnswer.records("v=spf1 " + terms + " -all")
                        : DnsAnswer.NO_DATA);
        assertEquals("a/24, mx:b.net//64, a:c.net/24//64, ?ptr, exists:%{i}.d.net", assessment.lookupTree());
    }
}
