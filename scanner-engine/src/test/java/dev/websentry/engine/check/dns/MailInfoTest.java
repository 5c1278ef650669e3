package dev.websentry.engine.check.dns;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailInfoTest {
    private static final Map<String, Check> LINES = Map.of(
            "mx", new MxInfo(),
            "sts", new MtaStsInfo(),
            "tls", new TlsRptInfo(),
            "bimi", new BimiInfo(),
            "dane", new DaneInfo());
    private static final String URL = "https://mta-sts.example.com/.well-known/mta-sts.txt";
    private static final String RECORD = "_mta-sts.example.com TXT v=STSv1; id=1 | example.com MX 10 mx.example.com";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    a missing MX is reported         ^ mx   ^ no MX record ^ example.com TXT x
                    a null MX is reported            ^ mx   ^ does not accept mail ^ example.com MX 0 .
                    a null MX next to others is invalid ^ mx   ^ forbids ^ example.com MX 0 . | example.com MX 10 mx.example.com
                    MX records are counted           ^ mx   ^ 2 MX records ^ example.com MX 5 a.net | example.com MX 10 mx.example.com
                    an unknown MX is not seen        ^ mx   ^ Not observed: no answer in time ^ example.com MX TIMEOUT
                    missing MTA-STS is reported      ^ sts  ^ no MTA-STS ^ example.com TXT x
                    two MTA-STS records are ignored  ^ sts  ^ ignore all of them ^ _mta-sts.example.com TXT v=STSv1; id=1 | _mta-sts.example.com TXT v=STSv1; id=2
                    missing TLS-RPT is reported      ^ tls  ^ no TLS-RPT ^ example.com TXT x
                    TLS-RPT names the mailbox        ^ tls  ^ mailto:a@b.net ^ _smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:a@b.net
                    missing BIMI is reported         ^ bimi ^ no BIMI ^ example.com TXT x
                    BIMI names the logo              ^ bimi ^ logo https://b.net/l.svg ^ default._bimi.example.com TXT v=BIMI1; l=https://b.net/l.svg
                    BIMI may be declined             ^ bimi ^ declined ^ default._bimi.example.com TXT v=BIMI1; l=; a=
                    DANE needs mail hosts            ^ dane ^ no mail hosts ^ example.com MX 0 .
                    missing DANE is reported         ^ dane ^ no TLSA ^ example.com MX 10 mx.example.com
                    DANE counts the hosts            ^ dane ^ 1 of 2 ^ example.com MX 5 a.net | example.com MX 10 mx.example.com | _25._tcp.a.net TLSA 3 1 1 aa
                    """)
    void reportsMailTransportRecords(String sentence, String line, String inValue, String zone) {
        ObservedDns.zone(zone).expect(LINES.get(line), CheckOutcome.INFO, inValue);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '^', textBlock = """
                    200 ^ mode enforce, max_age 86400 s ^ version: STSv1/mode: enforce/mx: *.example.com/max_age: 86400
                    200 ^ does not list the mail host mx.example.com ^ version: STSv1/mode: testing/mx: mail.example.com/max_age: 86400
                    200 ^ malformed: version            ^ mode: enforce/mx: mx.example.com/max_age: 86400
                    200 ^ malformed: mode               ^ version: STSv1/mode: on/mx: mx.example.com/max_age: 86400
                    200 ^ malformed: max_age            ^ version: STSv1/mode: enforce/mx: mx.example.com
                    200 ^ malformed: no mx              ^ version: STSv1/mode: enforce/max_age: 86400
                    302 ^ senders do not follow redirects ^ x
                    """)
    void reportsThePolicy(int status, String inValue, String body) {
        HttpExchange answer =
                ObservedSite.get(URL, ObservedSite.response(status, List.of(), body.replace("/", "\r\n")));
        ObservedDns.zone(RECORD)
                .mtaStsPolicy(Observation.seen(Optional.of(answer)))
                .expect(new MtaStsInfo(), CheckOutcome.INFO, inValue);
    }

    @Test
    void failedPolicyRequestIsReported() {
        HttpExchange failure =
                ObservedSite.get(URL, new Failure(Failure.RequestFailureKind.REFUSED, "192.0.2.1 port 443 refused"));
        ObservedDns.zone(RECORD)
                .mtaStsPolicy(Observation.seen(Optional.of(failure)))
                .expect(
                        new MtaStsInfo(),
                        CheckOutcome.INFO,
                        "the policy could not be fetched: 192.0.2.1 port 443 refused");
    }

    @Test
    void mailChecksDoNotApplyToAddresses() {
        LINES.values()
                .forEach(line -> ObservedDns.zone("")
                        .withoutPublicName()
                        .expect(line, CheckOutcome.INFO, "not a public DNS name"));
    }
}
