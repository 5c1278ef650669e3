package dev.websentry.server.testing;

import dev.websentry.server.ServerApplication;
import dev.websentry.server.account.HmacBcryptPasswordEncoder;
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
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The complete server on its own port, with a settable clock, fast password hashes and short waits for tasks. */
public final class TestServer implements AutoCloseable {
    private static final Map<DatabaseVendor, TestServer> SHARED = new EnumMap<>(DatabaseVendor.class);
    private static final Set<TestServer> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // Not an extension of JUnit: Surefire starts JUnit anew for each class.
        Runtime.getRuntime().addShutdownHook(new Thread(TestServer::closeAll, "close-test-servers"));
    }

    private final ConfigurableApplicationContext context;
    private final MutableClock clock;

    private TestServer(
            List<String> settings, MutableClock clock, ApplicationContextInitializer<GenericApplicationContext> beans) {
        this.clock = clock;
        // Spring Boot would keep the logging configuration of another server that is open.
        LoggingSystem.get(TestServer.class.getClassLoader()).cleanUp();
        SpringApplication application = ServerApplication.create();
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                (ApplicationContextInitializer<GenericApplicationContext>) fresh -> {
                    fresh.getBeanFactory().addBeanPostProcessor(new FrequentPolling());
                    fresh.getBeanFactory().addBeanPostProcessor(new PatientConnectionPool());
                    String gate = fresh.getEnvironment().getProperty(ScanGate.SETTING);
                    if (gate != null) {
                        fresh.getBeanFactory().addBeanPostProcessor(new ScanGate.WaitingScanners(URI.create(gate)));
                    }
                    fresh.registerBean("testBodyReadPause", BodyReadPause.class);
                    fresh.registerBean("testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true));
                    fresh.registerBean(
                            "testPasswords",
                            PasswordEncoder.class,
                            () -> new HmacBcryptPasswordEncoder(4),
                            bean -> bean.setPrimary(true));
                },
                beans);
        try {
            context = application.run(arguments(settings));
        } finally {
            // The next start in this JVM decides anew, and other applications have no generated definitions.
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
        }
        OPEN.add(this);
    }

    /** Closes all servers, or waits until they are closed. */
    static void closeAll() {
        OPEN.forEach(TestServer::close);
    }

    /** Keeps the last value of each setting, because Spring Boot would join several values. */
    private static String[] arguments(List<String> settings) {
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.concat(
                        // Each client of a test sends its own address in the header of a proxy.
                        Stream.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--management.server.port=0",
                                "--websentry.trusted-proxies=127.0.0.1/32",
                                ServerLog.SETTING,
                                "--logging.level.root=warn"),
                        settings.stream())
                .forEach(setting -> byName.put(setting.split("=", 2)[0], setting));
        return byName.values().toArray(String[]::new);
    }

    /** Returns the server that all tests of a database share, so that it starts only once. Tests must not close it. */
    public static synchronized TestServer shared(DatabaseVendor vendor) {
        return SHARED.computeIfAbsent(
                vendor,
                key -> start(Stream.concat(key.freshDatabase().stream(), TestSites.settings().stream())
                        .toList()));
    }

    /** Starts a separate server, for tests that stop it or need other settings; the last value of a setting is used. */
    public static TestServer start(List<String> settings) {
        return new TestServer(settings, new MutableClock(), fresh -> {});
    }

    /** Starts a separate server with a clock that is set before the start. */
    public static TestServer start(List<String> settings, MutableClock clock) {
        return new TestServer(settings, clock, fresh -> {});
    }

    /** Starts a separate server with a scripted scanner instead of the engine. */
    public static TestServer start(List<String> settings, SiteScanner scanner) {
        return start(settings, new MutableClock(), scanner);
    }

    /** Starts a separate server with a clock and a scripted scanner. */
    public static TestServer start(List<String> settings, MutableClock clock, SiteScanner scanner) {
        return new TestServer(settings, clock, fresh -> register(fresh, scanner));
    }

    /** Starts a separate server with a clock, a scripted scanner, and a listener of the events of the start. */
    public static TestServer start(
            List<String> settings, MutableClock clock, SiteScanner scanner, ApplicationListener<?> listener) {
        return new TestServer(settings, clock, fresh -> {
            register(fresh, scanner);
            fresh.addApplicationListener(listener);
        });
    }

    private static void register(GenericApplicationContext fresh, SiteScanner scanner) {
        fresh.registerBean("testScanner", SiteScanner.class, () -> scanner, bean -> bean.setPrimary(true));
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

    public MutableClock clock() {
        return clock;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Returns a bean, for tests that need more than the endpoints. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns a new client without cookies and with its own address. */
    public TestClient client() {
        return new TestClient(this::url);
    }

    @Override
    public void close() {
        context.close();
        OPEN.remove(this);
    }
}
