package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.observation.DnssecValidation;
import dev.websentry.engine.observation.Observation;
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
                    issuewild without issue passes    ^ PASS ^ issuewild ^ example.com CAA 0 issuewild ca.example
                    an issue tag without CA passes    ^ PASS ^ issue ^ example.com CAA 0 issue ;
                    parameters pass                   ^ PASS ^ accounturi ^ example.com CAA 0 ISSUE ca.example; accounturi=https://ca.example/1; validationmethods=dns-01
                    no CAA record warns               ^ WARN ^ no CAA record ^ example.com TXT hello
                    only iodef warns                  ^ WARN ^ have no issue or issuewild tag ^ example.com CAA 0 iodef mailto:a@example.com
                    the nearest record set applies    ^ WARN ^ www.example.com have no issue or issuewild tag ^ www.example.com CAA 0 iodef mailto:a@example.com | example.com CAA 0 issue ca.example
                    NXDOMAIN continues at the parent  ^ PASS ^ at example.com ^ www.example.com CAA NXDOMAIN | example.com CAA 0 issue ca.example
                    an unknown tag is ignored         ^ PASS ^ issue ^ example.com CAA 0 issue ca.example | example.com CAA 0 future x
                    an unknown critical tag fails     ^ FAIL ^ unknown critical tag ^ example.com CAA 0 issue ca.example | example.com CAA 128 future x
                    flag 1 is not critical            ^ PASS ^ issue ^ example.com CAA 0 issue ca.example | example.com CAA 1 future x
                    a critical known tag passes       ^ PASS ^ issue ^ example.com CAA 128 issue ca.example
                    a malformed issuer fails          ^ FAIL ^ malformed ^ example.com CAA 0 issue https://ca.example/
                    tags ignore case (RFC 8659 section 4.1) ^ PASS ^ issue ca.example ^ example.com CAA 0 IssueWILD ; | example.com CAA 0 ISSUE ca.example
                    a malformed tag fails (RFC 8659 section 4.1) ^ FAIL ^ not letters and digits ^ example.com CAA 0 issue ca.example | example.com CAA 0 ?
                    an iodef that is not a URL warns (RFC 8659 section 4.4) ^ WARN ^ iodef is not a mailto, http or https URL ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef nobody
                    an iodef address without mailto warns ^ WARN ^ 'security@example.com' ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef security@example.com
                    an iodef of another scheme warns  ^ WARN ^ iodef is not ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef ftp://example.com/
                    an empty iodef warns              ^ WARN ^ iodef is not ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef
                    an iodef URL passes               ^ PASS ^ issue ^ example.com CAA 0 issue ca.example | example.com CAA 0 iodef https://example.com/caa
                    a timeout at the host is unknown  ^ NOT_CHECKED ^ no answer in time ^ www.example.com CAA TIMEOUT | example.com CAA 0 issue ca.example
                    a timeout above is irrelevant     ^ PASS ^ at example.com ^ example.com CAA 0 issue ca.example | com CAA TIMEOUT
                    a SERVFAIL is unknown             ^ NOT_CHECKED ^ SERVFAIL ^ example.com CAA SERVFAIL
                    """)
    void appliesTheNearestRecordSet(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(zone).expect(new CaaCheck(), outcome, inValue);
    }

    @Test
    void veryLongValueIsMalformedWithoutCrash() {
        ObservedDns.zone("example.com CAA 0 issue " + "a.".repeat(30_000) + "net")
                .expect(new CaaCheck(), CheckOutcome.FAIL, "characters");
    }

    @ParameterizedTest
    @EnumSource
    void everyDnssecStatusMapsToAVerdict(DnssecValidation.DnssecStatus status) {
        CheckOutcome expected = switch (status) {
            case SECURE -> CheckOutcome.PASS;
            case INSECURE -> CheckOutcome.WARN;
            case BOGUS -> CheckOutcome.FAIL;
        };
        ObservedDns.zone("")
                .validation(Observation.seen(new DnssecValidation("www.example.com", status, "a signature expired")))
                .expect(new DnssecCheck(), expected, "www.example.com");
    }

    @Test
    void indeterminateValidationIsNotChecked() {
        ObservedDns.zone("")
                .validation(Observation.unknown("the resolver does not forward DNSSEC records"))
                .expect(new DnssecCheck(), CheckOutcome.NOT_CHECKED, "Not checked: the resolver does not forward");
    }

    @Test
    void caaAndDnssecDoNotApplyToAddresses() {
        ObservedDns.zone("")
                .withoutPublicName()
                .expect(new CaaCheck(), CheckOutcome.NOT_APPLICABLE, "not a public DNS name");
        ObservedDns.zone("")
                .withoutPublicName()
                .expect(new DnssecCheck(), CheckOutcome.NOT_APPLICABLE, "not a public DNS name");
    }
}
