package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.observe.DnsValidation;
import dev.websentry.engine.observe.Observed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CaaAndDnssecCheckTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    issue at the host passes          ^ PASS ^ at www.example.com ^ www.example.com CAA 0 issue letsencrypt.org
                    issue above the host passes       ^ PASS ^ at example.com ^ example.com CAA 0 issue letsencrypt.org
                    issue at the top passes           ^ PASS ^ at com ^ com CAA 0 issue letsencrypt.org
                    issuewild alone passes            ^ PASS ^ issuewild ^ example.com CAA 0 issuewild ca.example
                    nobody may issue passes           ^ PASS ^ issue ^ example.com CAA 0 issue ;
                    parameters pass                   ^ PASS ^ accounturi ^ example.com CAA 0 ISSUE ca.example; accounturi=https://ca.example/1; validationmethods=dns-01
                    none warns                        ^ WARN ^ no CAA record ^ example.com TXT hello
                    iodef alone warns                 ^ WARN ^ name no issuer ^ example.com CAA 0 iodef mailto:a@example.com
                    the nearest records count         ^ WARN ^ www.example.com name no issuer ^ www.example.com CAA 0 iodef mailto:a@example.com | example.com CAA 0 issue ca.example
                    NXDOMAIN climbs on                ^ PASS ^ at example.com ^ www.example.com CAA NXDOMAIN | example.com CAA 0 issue ca.example
                    an unknown tag is ignored         ^ PASS ^ issue ^ example.com CAA 0 issue ca.example | example.com CAA 0 future x
                    an unknown critical tag fails     ^ FAIL ^ unknown critical tag ^ example.com CAA 0 issue ca.example | example.com CAA 128 future x
                    flag 1 is not critical            ^ PASS ^ issue ^ example.com CAA 0 issue ca.example | example.com CAA 1 future x
                    a critical known tag passes       ^ PASS ^ issue ^ example.com CAA 128 issue ca.example
                    a malformed issuer fails          ^ FAIL ^ malformed ^ example.com CAA 0 issue https://ca.example/
                    a malformed contact fails         ^ FAIL ^ malformed ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef nobody
                    a time-out below is open          ^ NOT_CHECKED ^ no answer in time ^ www.example.com CAA TIMEOUT | example.com CAA 0 issue ca.example
                    a time-out above does not matter  ^ PASS ^ at example.com ^ example.com CAA 0 issue ca.example | com CAA TIMEOUT
                    a SERVFAIL is open                ^ NOT_CHECKED ^ SERVFAIL ^ example.com CAA SERVFAIL
                    """)
    void climbsToTheNearestRecords(String sentence, Outcome outcome, String inValue, String zone) {
        SeenDns.zone(zone).expect(new CaaCheck(), outcome, inValue);
    }

    @Test
    void aVeryLongValueIsMalformedAndNoCrash() {
        SeenDns.zone("example.com CAA 0 issue " + "a.".repeat(30_000) + "net")
                .expect(new CaaCheck(), Outcome.FAIL, "characters");
    }

    @ParameterizedTest
    @EnumSource
    void everyDnssecStatusHasItsVerdict(DnsValidation.Status status) {
        Outcome expected = switch (status) {
            case SECURE -> Outcome.PASS;
            case INSECURE -> Outcome.WARN;
            case BOGUS -> Outcome.FAIL;
        };
        SeenDns.zone("")
                .validation(Observed.seen(new DnsValidation("www.example.com", status, "a signature expired")))
                .expect(new DnssecCheck(), expected, "www.example.com");
    }

    @Test
    void anIndeterminateChainIsNotChecked() {
        SeenDns.zone("")
                .validation(Observed.unknown("the resolver does not pass DNSSEC records on"))
                .expect(new DnssecCheck(), Outcome.NOT_CHECKED, "Not checked: the resolver does not pass");
    }

    @Test
    void anAddressHasNeither() {
        SeenDns.zone("").nowhere().expect(new CaaCheck(), Outcome.NOT_APPLICABLE, "no name of the public DNS");
        SeenDns.zone("").nowhere().expect(new DnssecCheck(), Outcome.NOT_APPLICABLE, "no name of the public DNS");
    }
}
