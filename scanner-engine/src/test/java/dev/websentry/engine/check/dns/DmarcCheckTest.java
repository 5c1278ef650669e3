package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.CheckOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcCheckTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    reject passes                       ^ PASS ^ reject for the domain ^ _dmarc.example.com TXT v=DMARC1; p=reject
                    quarantine passes                   ^ PASS ^ quarantine for the domain ^ _dmarc.example.com TXT v=DMARC1;p=Quarantine;
                    any order after v passes            ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; sp=reject; p=reject
                    unknown and broken tags are ignored ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; foo=bar; broken
                    p=none warns                        ^ WARN ^ policy for the domain is "none" ^ _dmarc.example.com TXT v=DMARC1; p=none
                    missing p warns                     ^ WARN ^ p is missing ^ _dmarc.example.com TXT v=DMARC1; rua=mailto:a@example.com
                    neither p nor report address fails  ^ FAIL ^ neither p nor ^ _dmarc.example.com TXT v=DMARC1; sp=reject
                    an invalid report address is ignored ^ FAIL ^ neither p nor ^ _dmarc.example.com TXT v=DMARC1; rua=nobody
                    any report URI makes the record count ^ WARN ^ p is missing ^ _dmarc.example.com TXT v=DMARC1; rua=https://reports.net/
                    an invalid sp counts as p=none      ^ WARN ^ sp=off is not a valid policy ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=off; rua=mailto:a@example.com
                    an invalid np without reports fails ^ FAIL ^ np=off is not a valid policy ^ _dmarc.example.com TXT v=DMARC1; p=reject; np=off
                    v has to come first                 ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT p=reject; v=DMARC1
                    t=y quarantine warns                ^ WARN ^ t=y ^ _dmarc.example.com TXT v=DMARC1; p=quarantine; t=Y
                    sp none warns                       ^ WARN ^ sp=none ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=none
                    np none warns                       ^ WARN ^ np=none ^ _dmarc.example.com TXT v=DMARC1; p=reject; np=none
                    t=y warns                           ^ WARN ^ t=y ^ _dmarc.example.com TXT v=DMARC1; p=reject; t=y
                    old pct warns                       ^ WARN ^ pct=50 ^ _dmarc.example.com TXT v=DMARC1; p=reject; pct=50
                    pct 100 passes                      ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; pct=100
                    a missing record fails              ^ FAIL ^ no DMARC record ^ example.com TXT v=DMARC1; p=reject
                    other text at the name is not a record ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT hello
                    v in lower case is not a record     ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT v=dmarc1; p=reject
                    two records fail                    ^ FAIL ^ 2 DMARC records ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    a repeated tag is invalid (RFC 6376 section 3.2) ^ FAIL ^ the tag p appears twice ^ _dmarc.example.com TXT v=DMARC1; p=reject; p=none
                    the same value twice is invalid too ^ FAIL ^ the tag p appears twice ^ _dmarc.example.com TXT v=DMARC1; p=reject; p=reject
                    a repeated version is invalid       ^ FAIL ^ the tag v appears twice ^ _dmarc.example.com TXT v=DMARC1; p=reject; v=DMARC1
                    a repeated unknown tag is invalid   ^ FAIL ^ the tag x appears twice ^ _dmarc.example.com TXT v=DMARC1; p=reject; x=1; x = 2
                    a repeated tag makes an inherited record invalid ^ FAIL ^ the tag sp appears twice ^ _dmarc.com TXT v=DMARC1; p=reject; psd=y; sp=reject; sp=none
                    tags are case-sensitive             ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; P=none
                    an invalid policy fails             ^ FAIL ^ p=block is not a valid policy ^ _dmarc.example.com TXT v=DMARC1; p=block
                    an invalid policy with report address counts as none ^ WARN ^ p=block ^ _dmarc.example.com TXT v=DMARC1; p=block; rua=mailto:a@example.com
                    a timeout is not checked            ^ NOT_CHECKED ^ no answer in time ^ _dmarc.example.com TXT TIMEOUT
                    a timeout above is irrelevant       ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.com TXT TIMEOUT
                    a timeout above without own record is not checked ^ NOT_CHECKED ^ _dmarc.com ^ _dmarc.com TXT SERVFAIL
                    a public suffix's policy is inherited ^ PASS ^ inherited from com ^ _dmarc.com TXT v=DMARC1; p=none; sp=reject; psd=y
                    an own mailbox needs no authorization ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@mail.example.com
                    an external mailbox without authorization warns ^ WARN ^ reports go to b.net ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net
                    an external mailbox with authorization passes ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net!10m | example.com._report._dmarc.b.net TXT v=DMARC1
                    an unknown authorization is not checked ^ NOT_CHECKED ^ no answer in time ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net | example.com._report._dmarc.b.net TXT TIMEOUT
                    a subdomain of another organization is external ^ WARN ^ reports go to b.example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n
                    a subdomain of another organization may authorize ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n | example.com._report._dmarc.b.example.com TXT v=DMARC1;
                    an unknown organization of the report host is not checked ^ NOT_CHECKED ^ _dmarc.b.example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT SERVFAIL
                    an authorization that redirects the reports does not count ^ WARN ^ reports go to b.net ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net | example.com._report._dmarc.b.net TXT v=DMARC1; rua=mailto:a@c.net
                    a name with the same ending but another label is external ^ WARN ^ notexample.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@notexample.com
                    """)
    void evaluatesRecords(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(zone).expect(new DmarcCheck(), outcome, inValue);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    sp of the organization applies      ^ WARN ^ none ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=none
                    p of the organization applies without sp ^ PASS ^ inherited from example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject
                    psd=n makes a name the organization ^ PASS ^ inherited from b.example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=reject; psd=n | _dmarc.example.com TXT v=DMARC1; p=none
                    the shortest name is the organization ^ WARN ^ none ^ _dmarc.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    one label below psd=y is the organization ^ PASS ^ inherited from b.example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none; psd=y
                    an own record overrides all above   ^ PASS ^ reject for the domain, quarantine for subdomains ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=quarantine
                    subdomains use the policy of the organization ^ WARN ^ subdomains inherit the policy of example.com ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject; sp=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    subdomains of the organization itself use its policy ^ PASS ^ reject for subdomains ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject; psd=n | _dmarc.example.com TXT v=DMARC1; p=none
                    test mode for subdomains warns      ^ WARN ^ which is in test mode ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=reject; t=y
                    an unknown subdomain policy is not checked ^ NOT_CHECKED ^ _dmarc.example.com ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT TIMEOUT
                    np applies to nonexistent subdomains ^ PASS ^ reject for nonexistent subdomains ^ _dmarc.example.com TXT v=DMARC1; p=quarantine; np=reject
                    several records at one name are skipped ^ PASS ^ inherited from example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=none | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n | _dmarc.example.com TXT v=DMARC1; p=reject
                    several records at the organization are discarded ^ FAIL ^ no DMARC ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    """)
    void walksTheTreeFromADeeperMailDomain(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(zone).mailDomain("a.b.example.com").expect(new DmarcCheck(), outcome, inValue);
    }

    @Test
    void treeWalkOfALongNameSendsEightQueries() {
        ObservedDns dns = ObservedDns.zone("_dmarc.example.com TXT v=DMARC1; p=reject")
                .mailDomain("a.b.c.d.e.f.g.h.i.j.example.com");
        long asked = dns.observations().answers().keySet().stream()
                .filter(question -> question.name().startsWith("_dmarc."))
                .count();
        org.junit.jupiter.api.Assertions.assertEquals(8, asked);
        dns.expect(new DmarcCheck(), CheckOutcome.PASS, "inherited from example.com");
    }
}
