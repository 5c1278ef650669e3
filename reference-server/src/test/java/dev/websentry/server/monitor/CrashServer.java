package dev.websentry.server.monitor;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Email;
import dev.websentry.server.account.Plan;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.testing.SettableClock;
import dev.websentry.server.testing.TestServer;
import dev.websentry.server.token.Tokens;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a process of its own, for {@link CrashTest} to kill: it runs what is due, and meanwhile makes keys and
 * monitors as fast as it can. It says a line for each scan that begins and, after the server's own word, for each thing made.
 */
final class CrashServer {
    private static final PrintStream OUT = System.out;

    private CrashServer() {}

    /** @param arguments the time, then settings */
    public static void main(String[] arguments) {
        SettableClock clock = new SettableClock();
        clock.set(Instant.parse(arguments[0]));
        List<String> settings = Arrays.asList(arguments).subList(1, arguments.length);
        ScriptedScanner scanner = new ScriptedScanner();
        scanner.before(host -> {
            say(host.equals(CrashTest.SCHEDULED) ? "run begins" : "first scan begins");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
        });
        TestServer server = TestServer.start(settings, clock, scanner);
        endWithTheTest();
        new Thread(() -> makeKeys(server)).start();
        new Thread(() -> makeMonitors(server)).start();
    }

    /** Nobody is left to kill this process when the test itself was killed. */
    private static void endWithTheTest() {
        Thread end = new Thread(() -> {
            LockSupport.parkNanos(CrashTest.PATIENCE.toNanos());
            Runtime.getRuntime().halt(1);
        });
        end.setDaemon(true);
        end.start();
    }

    private static void makeKeys(TestServer server) {
        Account account = account(server);
        while (true) {
            say("key "
                    + server.get(KeyStore.class)
                            .create(account.id(), "made")
                            .key()
                            .id());
        }
    }

    /** Each with its first scan. */
    private static void makeMonitors(TestServer server) {
        while (true) {
            say("monitor "
                    + server.get(Monitors.class)
                            .create(account(server), "https://b.example.com", "monthly")
                            .id());
        }
    }

    private static Account account(TestServer server) {
        AccountStore accounts = server.get(AccountStore.class);
        String id = accounts.create(Email.parse(Tokens.id() + "@example.com"), "none")
                .orElseThrow()
                .id();
        accounts.setPlan(id, Plan.PRO);
        return accounts.find(id).orElseThrow();
    }

    private static synchronized void say(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
