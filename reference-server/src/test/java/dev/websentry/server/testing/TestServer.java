package dev.websentry.server.testing;

import dev.websentry.server.WebSentryServer;
import dev.websentry.server.account.Passwords;
import dev.websentry.server.scan.SiteScanner;
import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The server, whole, on a port of its own, with a clock that a test sets and password hashes that cost little. */
public final class TestServer implements AutoCloseable {
    private static final Map<Vendor, TestServer> SHARED = new EnumMap<>(Vendor.class);
    private static final Set<TestServer> OPEN = ConcurrentHashMap.newKeySet();

    private final ConfigurableApplicationContext context;
    private final SettableClock clock;

    private TestServer(
            List<String> settings,
            SettableClock clock,
            ApplicationContextInitializer<GenericApplicationContext> beans) {
        this.clock = clock;
        // While another server is open, Boot would leave the log as that one has set it up.
        LoggingSystem.get(TestServer.class.getClassLoader()).cleanUp();
        context = new SpringApplicationBuilder(WebSentryServer.class)
                .initializers(
                        (ApplicationContextInitializer<GenericApplicationContext>) fresh -> {
                            fresh.registerBean("testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true));
                            fresh.registerBean(
                                    "testPasswords",
                                    Passwords.class,
                                    () -> new Passwords(4),
                                    bean -> bean.setPrimary(true));
                        },
                        beans)
                .run(arguments(settings));
        OPEN.add(this);
    }

    /** Whatever tests left open: the end of the JVM would take away their databases first, and they would complain. */
    static synchronized void closeAll() {
        OPEN.forEach(TestServer::close);
        SHARED.clear();
    }

    /** Spring Boot would join two values of one setting; here the later one wins. */
    private static String[] arguments(List<String> settings) {
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.concat(
                        // Each client of a test has an address of its own, which it says as a proxy would.
                        Stream.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--management.server.port=0",
                                "--websentry.trusted-proxies=127.0.0.1/32",
                                "--logging.level.root=warn"),
                        settings.stream())
                .forEach(setting -> byName.put(setting.split("=", 2)[0], setting));
        return byName.values().toArray(String[]::new);
    }

    /** The one that all tests of a vendor use, so that it starts once. Never close it. */
    public static synchronized TestServer shared(Vendor vendor) {
        return SHARED.computeIfAbsent(
                vendor,
                missing -> start(Stream.concat(missing.freshDatabase().stream(), Sites.settings().stream())
                        .toList()));
    }

    /** One of its own, for tests that stop it or set it up another way; later settings win. */
    public static TestServer start(List<String> settings) {
        return new TestServer(settings, new SettableClock(), fresh -> {});
    }

    /** The same with a clock that is set before it starts. */
    public static TestServer start(List<String> settings, SettableClock clock) {
        return new TestServer(settings, clock, fresh -> {});
    }

    /** The same with a scanner that does what a test wants, instead of the engine. */
    public static TestServer start(List<String> settings, SiteScanner scanner) {
        return start(settings, new SettableClock(), scanner);
    }

    /** Both. */
    public static TestServer start(List<String> settings, SettableClock clock, SiteScanner scanner) {
        return new TestServer(
                settings,
                clock,
                fresh -> fresh.registerBean(
                        "testScanner", SiteScanner.class, () -> scanner, bean -> bean.setPrimary(true)));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    public int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    public SettableClock clock() {
        return clock;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** A bean, for what no endpoint shows. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** A browser or a program of its own: no cookies yet, and an address that no other one has. */
    public Client client() {
        return new Client(this::url);
    }

    @Override
    public void close() {
        OPEN.remove(this);
        context.close();
    }
}
