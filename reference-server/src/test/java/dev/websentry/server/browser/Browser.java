package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium session of one user. */
final class Browser implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final String AXE = resource("/axe.min.js");

    /** Closed sessions that are reused by later tests, because starting Chromium takes much longer than a test. */
    private static final Deque<ChromeDriver> IDLE = new ConcurrentLinkedDeque<>();

    private final ChromeDriver driver;
    private final URI server;

    Browser(URI server, ScreenSize screen) {
        this.server = server;
        ChromeDriver idle = IDLE.poll();
        driver = idle == null ? start() : idle;
        driver.executeCdpCommand("Network.enable", Map.of());
        // Each session has its own address in the header of a proxy, because rate limits count by address.
        driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders",
                Map.of("headers", Map.of("X-Forwarded-For", "198.19.0." + ADDRESSES.incrementAndGet())));
        resize(screen);
    }

    private static ChromeDriver start() {
        Path profile = freshFolder();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(firstExecutable(PROGRAMS));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--force-prefers-reduced-motion",
                "--lang=en",
                // The browser can only reach loopback.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(firstExecutable(DRIVERS)).toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, profile)));
        return started;
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("websentry-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ChromeDriver driver, Path profile) {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isInstalled() {
        return Stream.of(PROGRAMS, DRIVERS)
                .allMatch(paths -> paths.stream().anyMatch(path -> Files.isExecutable(Path.of(path))));
    }

    static boolean isRequired() {
        return "required".equals(System.getProperty("websentry.browser"));
    }

    private static String firstExecutable(List<String> paths) {
        return paths.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "None of " + paths + " exists; install chromium and chromium-driver"));
    }

    Browser resize(ScreenSize screen) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", screen.width,
                        "height", screen.height,
                        "deviceScaleFactor", 1,
                        "mobile", screen.mobile));
        return this;
    }

    Browser setTheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    Browser setScriptEnabled(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
        return this;
    }

    Browser open(String path) {
        driver.get(server.resolve(path).toString());
        return this;
    }

    /** Replaces the text of the field with this id, in one step instead of one for each character. */
    Browser type(String id, String text) {
        run("arguments[0].focus(); arguments[0].select()", driver.findElement(By.id(id)));
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
        return this;
    }

    Browser choose(String id, String value) {
        driver.findElement(By.cssSelector("#" + id + " option[value='" + value + "']"))
                .click();
        return this;
    }

    /**
     * Clicks the button or link with this text content, including text for screen readers, and waits for the next page.
     */
    Browser clickAndWait(String text) {
        return clickAndWait(text, "main");
    }

    /** @param within the CSS selector of the region that contains the button or link */
    Browser clickAndWait(String text, String within) {
        WebElement page = driver.findElement(By.tagName("html"));
        named(text, within).click();
        return await("the page after '" + text + "'", () -> isStale(page));
    }

    /** Clicks a button or a label that does not leave the page. */
    Browser click(String text) {
        named(text, "main").click();
        return this;
    }

    /** Opens a confirmation, which must not act yet, and confirms it. */
    Browser confirm(String question, String answer) {
        String before = path();
        click(question);
        if (!before.equals(path())) {
            throw new AssertionError("'" + question + "' left the page without confirmation");
        }
        return clickAndWait(answer);
    }

    /** Opens the main menu if the screen is too narrow to show it always. */
    Browser openMenu() {
        WebElement button = driver.findElement(By.cssSelector(".bar .menu"));
        if (button.isDisplayed()) {
            button.click();
        }
        return this;
    }

    private WebElement named(String text, String within) {
        return elementsWithText(text, within).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no button, label or link '" + text + "' on this page:\n" + text()));
    }

    /** Compares the texts in the browser, because a report has hundreds of elements and each answer takes a while. */
    @SuppressWarnings("unchecked")
    private List<WebElement> elementsWithText(String text, String within) {
        return (List<WebElement>) run("""
                return Array.from(document.querySelectorAll(arguments[0]))
                    .filter(element => element.textContent.trim().replace(/\\s+/g, ' ') === arguments[1])""", within + " :is(button, a, label, summary)", text);
    }

    private static boolean isStale(WebElement element) {
        try {
            element.isEnabled();
            return false;
        } catch (StaleElementReferenceException e) {
            return true;
        }
    }

    /** Waits until the page shows this text. */
    Browser awaitText(String text) {
        await("'" + text + "'", () -> text().contains(text));
        return this;
    }

    Browser await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("timed out waiting for " + what + " at " + path() + ":\n" + text());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return this;
    }

    /** Returns false while the page is being replaced and its elements cannot be read. */
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (WebDriverException e) {
            return false;
        }
    }

    /** Returns the visible text of the page, in one step of the browser: WebDriver's own takes a while for a report. */
    String text() {
        return (String) run("return document.body.innerText");
    }

    /** Returns the visible text of an element. */
    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    String attribute(String selector, String name) {
        return driver.findElement(By.cssSelector(selector)).getDomAttribute(name);
    }

    /** Returns the path of the page, including the query. */
    String path() {
        URI now = URI.create(driver.getCurrentUrl());
        return now.getRawPath() + (now.getRawQuery() == null ? "" : "?" + now.getRawQuery());
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Sends a key to the focused element. */
    Browser key(CharSequence key) {
        driver.switchTo().activeElement().sendKeys(key);
        return this;
    }

    /** Returns the uncompressed size of the page and its resources in bytes. */
    long pageBytes() {
        return (Long) run("""
                return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
                    .reduce((sum, entry) => sum + entry.decodedBodySize, 0)""");
    }

    /** Returns true if the page has to be scrolled horizontally. */
    boolean isWiderThanScreen() {
        return (Boolean) run("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    /** Fails if the page violates axe-core's rules for WCAG 2.1, levels A and AA. */
    void assertAccessible(String page) {
        assertRules(page, "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']");
    }

    /** Fails if texts have too little contrast, which is all that depends on the theme. */
    void assertContrast(String page) {
        assertRules(page, "{ type: 'rule', values: ['color-contrast'] }");
    }

    private void assertRules(String page, String rules) {
        if (!(Boolean) run("return 'axe' in window")) {
            run(AXE);
        }
        Object violations = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run({ runOnly: %s, resultTypes: ['violations'] }).then(result => done(
                    result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '))
                        .concat(result.passes.length ? [] : ['no rule was applied'])))""".formatted(rules));
        assertEquals(List.of(), violations, page);
    }

    /** Returns a screenshot of the page as PNG; pages higher than 1700 pixels are cut off. */
    byte[] screenshot() {
        long height = (Long) run("return Math.min(document.documentElement.scrollHeight, 1700)");
        long width = (Long) run("return document.documentElement.clientWidth");
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        return Base64.getDecoder().decode((String) shot.get("data"));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        setScriptEnabled(true).setTheme("light");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.get("about:blank");
        IDLE.push(driver);
    }
}
