package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Outcome;
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
                    none warns                          ^ WARN ^ is none ^ _dmarc.example.com TXT v=DMARC1; p=none
                    missing p warns                     ^ WARN ^ p is missing ^ _dmarc.example.com TXT v=DMARC1; rua=mailto:a@example.com
                    neither p nor reports is no record  ^ FAIL ^ neither p nor ^ _dmarc.example.com TXT v=DMARC1; sp=reject
                    broken addresses for reports are none ^ FAIL ^ neither p nor ^ _dmarc.example.com TXT v=DMARC1; rua=nobody
                    any reporting URI makes it count    ^ WARN ^ p is missing ^ _dmarc.example.com TXT v=DMARC1; rua=https://reports.net/
                    an invalid sp counts as p=none      ^ WARN ^ sp=off is no policy ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=off; rua=mailto:a@example.com
                    an invalid np without reports fails ^ FAIL ^ np=off is no policy ^ _dmarc.example.com TXT v=DMARC1; p=reject; np=off
                    v has to come first                 ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT p=reject; v=DMARC1
                    t=y quarantine warns                ^ WARN ^ t=y ^ _dmarc.example.com TXT v=DMARC1; p=quarantine; t=Y
                    sp none warns                       ^ WARN ^ sp=none ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=none
                    np none warns                       ^ WARN ^ np=none ^ _dmarc.example.com TXT v=DMARC1; p=reject; np=none
                    t=y warns                           ^ WARN ^ t=y ^ _dmarc.example.com TXT v=DMARC1; p=reject; t=y
                    old pct warns                       ^ WARN ^ pct=50 ^ _dmarc.example.com TXT v=DMARC1; p=reject; pct=50
                    pct 100 passes                      ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; pct=100
                    missing fails                       ^ FAIL ^ no DMARC record ^ example.com TXT v=DMARC1; p=reject
                    other text at the name is no record ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT hello
                    v in other letters is no record     ^ FAIL ^ no DMARC record ^ _dmarc.example.com TXT v=dmarc1; p=reject
                    two records fail                    ^ FAIL ^ 2 DMARC records ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    an invalid policy fails             ^ FAIL ^ p=block is no policy ^ _dmarc.example.com TXT v=DMARC1; p=block
                    an invalid policy with reports is none ^ WARN ^ p=block ^ _dmarc.example.com TXT v=DMARC1; p=block; rua=mailto:a@example.com
                    a time-out is open                  ^ NOT_CHECKED ^ no answer in time ^ _dmarc.example.com TXT TIMEOUT
                    a time-out above does not matter    ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.com TXT TIMEOUT
                    a time-out above matters without a record ^ NOT_CHECKED ^ _dmarc.com ^ _dmarc.com TXT SERVFAIL
                    a public suffix's policy is inherited ^ PASS ^ inherited from com ^ _dmarc.com TXT v=DMARC1; p=none; sp=reject; psd=y
                    own mailbox needs no authorisation  ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@mail.example.com
                    a foreign mailbox needs it          ^ WARN ^ reports go to b.net ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net
                    a foreign mailbox that has it passes ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net!10m | example.com._report._dmarc.b.net TXT v=DMARC1
                    whether it has it is open           ^ NOT_CHECKED ^ no answer in time ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net | example.com._report._dmarc.b.net TXT TIMEOUT
                    an own name of another organization is foreign ^ WARN ^ reports go to b.example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n
                    and may agree like any other        ^ PASS ^ reject ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n | example.com._report._dmarc.b.example.com TXT v=DMARC1;
                    whose name it is may be open        ^ NOT_CHECKED ^ _dmarc.b.example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.example.com | _dmarc.b.example.com TXT SERVFAIL
                    an authorisation that sends them elsewhere is none ^ WARN ^ reports go to b.net ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@b.net | example.com._report._dmarc.b.net TXT v=DMARC1; rua=mailto:a@c.net
                    a name that only ends alike is foreign ^ WARN ^ notexample.com ^ _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@notexample.com
                    """)
    void judgesRecords(String sentence, Outcome outcome, String inValue, String zone) {
        SeenDns.zone(zone).expect(new DmarcCheck(), outcome, inValue);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    sp of the organization holds        ^ WARN ^ none ^ _dmarc.example.com TXT v=DMARC1; p=reject; sp=none
                    p of the organization holds without sp ^ PASS ^ inherited from example.com ^ _dmarc.example.com TXT v=DMARC1; p=reject
                    psd=n makes a name the organization ^ PASS ^ inherited from b.example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=reject; psd=n | _dmarc.example.com TXT v=DMARC1; p=none
                    the shortest name is the organization ^ WARN ^ none ^ _dmarc.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    below psd=y is the organization     ^ PASS ^ inherited from b.example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none; psd=y
                    an own record outweighs all above   ^ PASS ^ reject for the domain, quarantine for subdomains ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=quarantine
                    its subdomains follow the organization ^ WARN ^ subdomains follow example.com ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject; sp=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    unless it is the organization itself ^ PASS ^ reject for subdomains ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject; psd=n | _dmarc.example.com TXT v=DMARC1; p=none
                    subdomains that only test warn      ^ WARN ^ only tests ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=reject; t=y
                    what subdomains follow may be open  ^ NOT_CHECKED ^ _dmarc.example.com ^ _dmarc.a.b.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT TIMEOUT
                    np holds for names that do not exist ^ PASS ^ reject for names that do not exist ^ _dmarc.example.com TXT v=DMARC1; p=quarantine; np=reject
                    several records above leave what is higher ^ PASS ^ inherited from example.com ^ _dmarc.b.example.com TXT v=DMARC1; p=none | _dmarc.b.example.com TXT v=DMARC1; p=none; psd=n | _dmarc.example.com TXT v=DMARC1; p=reject
                    several records above are discarded ^ FAIL ^ no DMARC ^ _dmarc.example.com TXT v=DMARC1; p=reject | _dmarc.example.com TXT v=DMARC1; p=none
                    """)
    void walksTheTreeFromADeeperMailDomain(String sentence, Outcome outcome, String inValue, String zone) {
        SeenDns.zone(zone).mailDomain("a.b.example.com").expect(new DmarcCheck(), outcome, inValue);
    }

    @Test
    void aLongNameIsWalkedInEightQuestions() {
        SeenDns dns =
                SeenDns.zone("_dmarc.example.com TXT v=DMARC1; p=reject").mailDomain("a.b.c.d.e.f.g.h.i.j.example.com");
        long asked = dns.observations().answers().keySet().stream()
                .filter(question -> question.name().startsWith("_dmarc."))
                .count();
        org.junit.jupiter.api.Assertions.assertEquals(8, asked);
        dns.expect(new DmarcCheck(), Outcome.PASS, "inherited from example.com");
    }
}
