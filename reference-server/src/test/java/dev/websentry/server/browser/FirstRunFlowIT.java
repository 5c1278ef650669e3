package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.auth.OwnerSetupService;
import dev.websentry.server.testing.DatabaseVendor;
import dev.websentry.server.testing.DocumentedExamples;
import dev.websentry.server.testing.FreePort;
import dev.websentry.server.testing.TestMailServer;
import dev.websentry.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From an empty server with e-mail to its owner, a monitor, and a forgotten password. */
@RequiresBrowser
class FirstRunFlowIT {
    private static final String EMAIL = "owner@example.com";
    private static final Pattern RESET_LINK = Pattern.compile("/reset-password\\?token=\\w+");

    @ParameterizedTest
    @EnumSource
    void theOwnerSetsTheServerUpAddsAMonitorAndResetsThePassword(ScreenSize screen) throws IOException {
        try (TestMailServer mail = TestMailServer.start();
                TestServer server =
                        TestServer.start(settings(mail), (id, target, progress) -> DocumentedExamples.report());
                Browser browser = new Browser(server.url(), screen)) {
            browser.open("/").awaitText("This server has no administrator yet.").clickAndWait("Set up the server");
            check(browser, "setup", screen);
            browser.type("code", "wrong").type("email", EMAIL).type("password", BrowserTestServer.PASSWORD);
            browser.clickAndWait("Create the administrator").awaitText("The code is wrong or has expired");
            String code = server.get(OwnerSetupService.class).createCode().orElseThrow();
            browser.open("/setup?code=" + code);
            assertEquals(code, browser.attribute("#code", "value"));
            browser.type("email", EMAIL).type("password", BrowserTestServer.PASSWORD);
            browser.clickAndWait("Create the administrator").awaitText("You are the administrator of this server.");
            browser.open("/monitors").type("url", "https://example.com").clickAndWait("Add the monitor");
            browser.awaitText("24 of 25 left");
            browser.openMenu().clickAndWait("Log out", "nav");
            browser.open("/login").clickAndWait("Forgot your password?");
            check(browser, "forgot-password-email", screen);
            browser.type("email", EMAIL).clickAndWait("Send the link").awaitText("is on its way");
            Matcher link = RESET_LINK.matcher(mail.await(EMAIL, 1).get(0).text());
            assertEquals(true, link.find());
            browser.open(link.group())
                    .type("password", "a password that is new")
                    .clickAndWait("Set the password");
            browser.type("email", EMAIL)
                    .type("password", "a password that is new")
                    .clickAndWait("Log in", "form");
            browser.awaitText("Your latest scans");
        }
    }

    private static List<String> settings(TestMailServer mail) {
        List<String> settings = new ArrayList<>(mail.settings(DatabaseVendor.SQLITE.freshDatabase()));
        int port = FreePort.find();
        settings.add("--server.port=" + port);
        settings.add("--websentry.public-url=http://127.0.0.1:" + port);
        return settings;
    }

    private static void check(Browser browser, String page, ScreenSize screen) throws IOException {
        browser.assertAccessible(page);
        String folder = System.getProperty("websentry.screenshots", "");
        if (!folder.isEmpty()) {
            Files.write(
                    Files.createDirectories(Path.of(folder))
                            .resolve(page + "-" + screen.name().toLowerCase(Locale.ROOT) + "-light.png"),
                    browser.screenshot());
        }
    }
}
