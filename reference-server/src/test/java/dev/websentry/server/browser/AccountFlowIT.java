package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Plan;
import dev.websentry.server.key.ApiKeyRepository;
import dev.websentry.server.token.SecureTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresBrowser
class AccountFlowIT {
    private final BrowserTestServer server = BrowserTestServer.shared();

    @ParameterizedTest
    @EnumSource
    void signsUpLogsOutAndReturnsToTheRequestedPage(ScreenSize screen) {
        String email = "new-" + SecureTokens.randomHex(4) + "@example.com";
        try (Browser browser = server.browser(screen)) {
            browser.open("/signup").type("email", email).type("password", BrowserTestServer.PASSWORD);
            browser.clickAndWait("Create the account").awaitText("No scans yet");
            browser.open("/account").awaitText(email).awaitText("3 of 3 left this month");
            browser.openMenu().clickAndWait("Log out", "nav").awaitText("You have been logged out.");
            browser.open("/keys");
            assertEquals("/login?next=/keys", browser.path().replace("%2F", "/"));
            browser.type("email", email).type("password", "not this one").clickAndWait("Log in", "form");
            browser.awaitText("The e-mail address or the password is wrong");
            assertEquals(email, browser.attribute("#email", "value"));
            browser.type("password", BrowserTestServer.PASSWORD).clickAndWait("Log in", "form");
            assertEquals("/keys", browser.path());
            browser.awaitText("Not included in your plan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void signUpShowsTheError(ScreenSize screen) {
        Account present = server.account(Plan.FREE);
        try (Browser browser = server.browser(screen)) {
            browser.open("/signup").type("email", present.email()).type("password", BrowserTestServer.PASSWORD);
            browser.clickAndWait("Create the account")
                    .awaitText("An account with this e-mail address already exists. Log in instead.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void changingThePasswordLogsOutOtherSessions(ScreenSize screen) {
        Account account = server.account(Plan.FREE);
        try (Browser here = server.loggedIn(screen, account);
                Browser there = server.loggedIn(screen, account)) {
            here.open("/account").type("password", "not this one").type("newPassword", "a password that is new");
            here.clickAndWait("Change the password").awaitText("The current password is wrong");
            here.type("password", BrowserTestServer.PASSWORD).type("newPassword", "a password that is new");
            here.clickAndWait("Change the password").awaitText("Your password was changed.");
            there.open("/account");
            assertTrue(there.path().startsWith("/login"), there.path());
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletingTheAccountRequiresThePassword(ScreenSize screen) {
        Account account = server.account(Plan.FREE);
        AccountRepository accounts = server.server().get(AccountRepository.class);
        try (Browser browser = server.loggedIn(screen, account)) {
            browser.open("/account").type("delete-password", "not this one").clickAndWait("Delete the account");
            browser.awaitText("The current password is wrong");
            assertTrue(accounts.find(account.id()).isPresent());
            browser.type("delete-password", BrowserTestServer.PASSWORD).clickAndWait("Delete the account");
            browser.awaitText("Your account was deleted");
            assertTrue(accounts.find(account.id()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApiKeyIsShownOnceWorksAndIsRevoked(ScreenSize screen) {
        ApiKeyRepository keys = server.server().get(ApiKeyRepository.class);
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.open("/keys").awaitText("No API keys yet");
            browser.type("name", "My CI <pipeline>")
                    .clickAndWait("Create the key")
                    .awaitText("it is shown only once");
            String secret = browser.text("#secret");
            assertTrue(keys.authenticate(secret).isPresent());
            browser.click("Copy the key").awaitText("Copied");
            browser.open("/keys").awaitText("My CI <pipeline>");
            assertTrue(!browser.text().contains(secret), "the key is shown a second time");
            browser.confirm("Revoke My CI <pipeline>", "Revoke the key").awaitText("The API key was revoked.");
            assertTrue(keys.authenticate(secret).isEmpty());
        }
    }
}
