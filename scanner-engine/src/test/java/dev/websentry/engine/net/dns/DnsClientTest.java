package dev.websentry.engine.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsAnswer.DnsAnswerStatus;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.testsite.ClosedPort;
import dev.websentry.testsite.ProcessResources;
import dev.websentry.testsite.dns.DnsFault;
import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsClientTest {
    /** A timeout for servers that respond, so that a busy machine does not cause a second attempt. */
    private static final Duration PATIENT = Duration.ofSeconds(90);

    private static final String ZONE = """
            @ TXT "v=spf1 " "-all"
            @ MX 10 MX.example.com.
            @ CAA 0 issue "ca.example; x=y"
            www CNAME web
            web A 192.0.2.1
            web AAAA 2001:db8::1
            dangling CNAME nothing.example.net.
            *.wild TXT "wild"
            null MX 0 .
            _25._tcp.mx TLSA 3 1 1 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF
            """;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '^', textBlock = """
                    TXT  ^ example.com           ^ RECORDS  ^ [v=spf1 -all]
                    MX   ^ EXAMPLE.com           ^ RECORDS  ^ [10 mx.example.com]
                    MX   ^ null.example.com      ^ RECORDS  ^ [0 .]
                    CAA  ^ example.com           ^ RECORDS  ^ [0 issue ca.example; x=y]
                    A    ^ www.example.com       ^ RECORDS  ^ [192.0.2.1]
                    AAAA ^ www.example.com       ^ RECORDS  ^ [2001:db8:0:0:0:0:0:1]
                    TXT  ^ a.b.wild.example.com  ^ RECORDS  ^ [wild]
                    TLSA ^ _25._tcp.mx.example.com ^ RECORDS ^ [3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff]
                    TXT  ^ www.example.com       ^ NO_DATA  ^ []
                    TXT  ^ _tcp.mx.example.com   ^ NO_DATA  ^ []
                    TXT  ^ none.example.com      ^ NXDOMAIN ^ []
                    A    ^ dangling.example.com  ^ NXDOMAIN ^ []
                    TXT  ^ a..b                  ^ NXDOMAIN ^ []
                    """)
    void parsesEveryKindOfAnswer(DnsRecordType type, String name, DnsAnswerStatus status, String data) {
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            DnsAnswer answer = client(dns).ask(new DnsQuestion(name, type));
            assertEquals(status, answer.status());
            assertEquals(data, answer.data().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL, SERVFAIL", "REFUSED, REFUSED", "LAME, LAME", "GARBAGE, MALFORMED", "BOGUS, SERVFAIL"})
    void distinguishesFailuresAndTriesTwice(DnsFault fault, DnsAnswerStatus status) {
        try (TestDnsServer dns =
                TestDnsServer.serving(TestZone.of("example.com.", ZONE)).alwaysFault(fault)) {
            assertEquals(
                    status,
                    client(dns)
                            .ask(new DnsQuestion("example.com", DnsRecordType.TXT))
                            .status());
            assertEquals(List.of("TXT example.com", "TXT example.com"), dns.questions());
        }
    }

    @ParameterizedTest
    @CsvSource({"SPOOFED_FIRST", "TRUNCATED", "NO_EDNS"})
    void findsTheCorrectAnswerDespiteFaults(DnsFault fault) {
        try (TestDnsServer dns =
                TestDnsServer.serving(TestZone.of("example.com.", ZONE)).alwaysFault(fault)) {
            assertEquals(
                    List.of("v=spf1 -all"),
                    client(dns)
                            .ask(new DnsQuestion("example.com", DnsRecordType.TXT))
                            .data());
            assertEquals(fault == DnsFault.TRUNCATED, dns.log().stream().anyMatch(TestDnsServer.LoggedQuery::tcp));
        }
    }

    @Test
    void receivesLongAnswersOverTcp() {
        StringBuilder zone = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            zone.append("@ TXT \"").append("x".repeat(60)).append(i).append("\"\n");
        }
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", zone.toString()))) {
            assertEquals(
                    60,
                    client(dns)
                            .ask(new DnsQuestion("example.com", DnsRecordType.TXT))
                            .data()
                            .size());
        }
    }

    @Test
    void queriesTheNextServerIfTheFirstFails() {
        try (TestDnsServer bad = TestDnsServer.serving().alwaysFault(DnsFault.SERVFAIL);
                TestDnsServer good = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            DnsAnswer answer = client(bad, good).ask(new DnsQuestion("example.com", DnsRecordType.TXT));
            assertEquals(DnsAnswerStatus.RECORDS, answer.status());
            assertEquals(1, bad.log().size());
            assertEquals(1, good.log().size());
        }
    }

    @Test
    void sendsEachQueryOnlyOnce() {
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            DnsClient client = client(dns);
            for (int i = 0; i < 3; i++) {
                client.ask(new DnsQuestion("example.com", DnsRecordType.TXT));
                client.ask(new DnsQuestion("Example.COM.", DnsRecordType.TXT));
            }
            assertEquals(1, dns.log().size());
        }
    }

    /** A wait would end as a timeout. */
    @Test
    void closedPortFailsImmediately() {
        try (ClosedPort closed = ClosedPort.reserve()) {
            DnsClient client = DnsClient.of(
                    List.of(new HostAndPort("127.0.0.1", closed.port())), Deadline.in(Duration.ofMinutes(1)));
            assertEquals(
                    DnsAnswerStatus.UNREACHABLE,
                    client.ask(new DnsQuestion("example.com", DnsRecordType.A)).status());
        }
    }

    @Test
    void deadlineLimitsTheWaitForASilentServer() {
        try (TestDnsServer dns = TestDnsServer.serving().alwaysFault(DnsFault.SILENT)) {
            DnsClient client =
                    DnsClient.of(List.of(HostAndPort.parse(dns.server(), 53)), Deadline.in(Duration.ofMillis(300)));
            assertEquals(
                    DnsAnswerStatus.TIMEOUT,
                    client.ask(new DnsQuestion("example.com", DnsRecordType.A)).status());
        }
    }

    /** The attempts of a query would end as a timeout; a query that is not sent ends as unreachable. */
    @Test
    void resolverThatStopsRespondingCostsLittleMoreThanTwoAttempts() throws Exception {
        try (TestDnsServer dns = TestDnsServer.serving().alwaysFault(DnsFault.SILENT)) {
            RetryBudget budget = new RetryBudget(Duration.ofMillis(300), System::nanoTime);
            budget.onAnswer();
            DnsClient client = client(budget, dns);
            assertEquals(DnsAnswerStatus.TIMEOUT, client.ask(question("a")).status());
            assertEquals(DnsAnswerStatus.TIMEOUT, client.ask(question("b")).status());
            for (int i = 0; i < 50; i++) {
                assertEquals(
                        DnsAnswerStatus.UNREACHABLE,
                        client.ask(question("n" + i)).status());
            }
            // The server may receive the last query only after the client has given up.
            assertTrue(ProcessResources.await(60, () -> dns.log().size() >= 3));
            assertEquals(3, dns.log().size(), "two attempts, one attempt with the reduced timeout");
        }
    }

    @Test
    void cachedAnswersRemainAvailable() {
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            RetryBudget budget = new RetryBudget(PATIENT, System::nanoTime);
            DnsClient client = client(budget, dns);
            assertEquals(DnsAnswerStatus.RECORDS, client.ask(question("www")).status());
            budget.onQueryFailed(new RetryBudget.QueryBudget(1, PATIENT, System.nanoTime()));
            assertEquals(
                    DnsAnswerStatus.UNREACHABLE, client.ask(question("web")).status());
            assertEquals(DnsAnswerStatus.RECORDS, client.ask(question("www")).status());
        }
    }

    @Test
    void resolverThatDropsSomeQueriesStillAnswersOthers() {
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            AtomicLong clock = new AtomicLong();
            RetryBudget budget = new RetryBudget(PATIENT, clock::get);
            budget.onAnswer();
            RetryBudget.QueryBudget dropped = budget.queryBudget();
            assertEquals(2, dropped.maxAttempts());
            for (int attempt = 0; attempt < 2; attempt++) {
                long began = clock.get();
                clock.addAndGet(PATIENT.toNanos());
                budget.onTimeout(began);
            }
            budget.onQueryFailed(dropped);
            assertEquals(1, budget.queryBudget().maxAttempts());
            assertEquals(PATIENT.dividedBy(3), budget.queryBudget().attemptTimeout());
            DnsClient client = client(budget, dns);
            assertEquals(DnsAnswerStatus.RECORDS, client.ask(question("web")).status());
        }
    }

    @Test
    void stringsOfARecordAreJoinedWithoutSeparator() {
        String part = "x".repeat(255);
        try (TestDnsServer dns =
                TestDnsServer.serving(TestZone.of("example.com.", "@ TXT \"" + part + "\" \"" + part + "\" \"y\""))) {
            assertEquals(
                    List.of(part + part + "y"),
                    client(dns)
                            .ask(new DnsQuestion("example.com", DnsRecordType.TXT))
                            .data());
        }
    }

    @Test
    void referralLeadsToQueryOfTheNextServer() {
        try (TestDnsServer lame = TestDnsServer.serving().alwaysFault(DnsFault.LAME);
                TestDnsServer good = TestDnsServer.serving(TestZone.of("example.com.", ZONE))) {
            assertEquals(
                    DnsAnswerStatus.RECORDS,
                    client(lame, good).ask(question("www")).status());
        }
    }

    private static DnsQuestion question(String label) {
        return new DnsQuestion(label + ".example.com", DnsRecordType.A);
    }

    @Test
    void configuredServersResolveHostNames() throws IOException {
        ExecutorService pool = TaskScope.newPool();
        try (TestDnsServer dns = TestDnsServer.serving(TestZone.of("example.com.", ZONE))
                        .fault("A broken.example.com", DnsFault.SERVFAIL);
                TaskScope tasks = new TaskScope(pool)) {
            DnsNameResolver names = new DnsNameResolver(client(dns), tasks);
            Deadline deadline = Deadline.in(Duration.ofMinutes(1));
            assertEquals(2, names.resolve("www.example.com", deadline).size());
            assertThrows(UnknownHostException.class, () -> names.resolve("none.example.com", deadline));
            IOException failure = assertThrows(IOException.class, () -> names.resolve("broken.example.com", deadline));
            assertTrue(!(failure instanceof UnknownHostException), "SERVFAIL does not mean that the name is missing");
        } finally {
            pool.shutdownNow();
        }
    }

    private static DnsClient client(TestDnsServer... servers) {
        return client(new RetryBudget(PATIENT, System::nanoTime), servers);
    }

    private static DnsClient client(RetryBudget budget, TestDnsServer... servers) {
        return DnsClient.of(
                Arrays.stream(servers)
                        .map(server -> HostAndPort.parse(server.server(), 53))
                        .toList(),
                Deadline.in(Duration.ofMinutes(5)),
                budget);
    }
}
