package dev.websentry.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountStore;
import dev.websentry.server.account.Plan;
import dev.websentry.server.key.KeyStore;
import dev.websentry.server.token.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsBrowser
class AccountFlowIT {
    private final Installation server = Installation.running();

    @ParameterizedTest
    @EnumSource
    void signsUpLogsOutAndReturnsToTheRequestedPage(Screen screen) {
        String email = "new-" + Tokens.hex(4) + "@example.com";
        try (Browser browser = server.browser(screen)) {
            browser.go("/signup").type("email", email).type("password", Installation.PASSWORD);
            browser.press("Create the account").sees("No scans yet");
            browser.go("/account").sees(email).sees("3 of 3 left this month");
            browser.press("Log out", "nav").sees("You have been logged out.");
            browser.go("/keys");
            assertEquals("/login?next=/keys", browser.path().replace("%2F", "/"));
            browser.type("email", email).type("password", "not this one").press("Log in", "form");
            browser.sees("The e-mail address or the password is wrong");
            assertEquals(email, browser.attribute("#email", "value"));
            browser.type("password", Installation.PASSWORD).press("Log in", "form");
            assertEquals("/keys", browser.path());
            browser.sees("Not included in your plan");
        }
    }

    @ParameterizedTest
    @EnumSource
    void signUpShowsTheError(Screen screen) {
        Account present = server.account(Plan.FREE);
        try (Browser browser = server.browser(screen)) {
            browser.go("/signup").type("email", present.email()).type("password", Installation.PASSWORD);
            browser.press("Create the account")
                    .sees("An account with this e-mail address already exists. Log in instead.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void changingThePasswordLogsOutOtherSessions(Screen screen) {
        Account account = server.account(Plan.FREE);
        try (Browser here = server.loggedIn(screen, account);
                Browser there = server.loggedIn(screen, account)) {
            here.go("/account").type("password", "not this one").type("newPassword", "a password that is new");
            here.press("Change the password").sees("The current password is wrong");
            here.type("password", Installation.PASSWORD).type("newPassword", "a password that is new");
            here.press("Change the password").sees("Your password was changed.");
            there.go("/account");
            assertTrue(there.path().startsWith("/login"), there.path());
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletingTheAccountRequiresThePassword(Screen screen) {
        Account account = server.account(Plan.FREE);
        AccountStore accounts = server.server().get(AccountStore.class);
        try (Browser browser = server.loggedIn(screen, account)) {
            browser.go("/account").type("delete-password", "not this one").press("Delete the account");
            browser.sees("The current password is wrong");
            assertTrue(accounts.find(account.id()).isPresent());
            browser.type("delete-password", Installation.PASSWORD).press("Delete the account");
            browser.sees("Your account was deleted");
            assertTrue(accounts.find(account.id()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApiKeyIsShownOnceWorksAndIsRevoked(Screen screen) {
        KeyStore keys = server.server().get(KeyStore.class);
        try (Browser browser = server.loggedIn(screen, server.account(Plan.PRO))) {
            browser.go("/keys").sees("No API keys yet");
            browser.type("name", "My CI <pipeline>").press("Create the key").sees("it is shown only once");
            String secret = browser.text("#secret");
            assertTrue(keys.verify(secret).isPresent());
            browser.tap("Copy the key").sees("Copied");
            browser.go("/keys").sees("My CI <pipeline>");
            assertTrue(!browser.text().contains(secret), "the key is shown a second time");
            browser.press("Revoke My CI <pipeline>").sees("The API key was revoked.");
            assertTrue(keys.verify(secret).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void administratorsSetPlansAndDisableAccounts(Screen screen) {
        Account other = server.account(Plan.FREE);
        AccountStore accounts = server.server().get(AccountStore.class);
        try (Browser admin = server.loggedIn(screen, server.admin());
                Browser user = server.loggedIn(screen, other)) {
            user.go("/admin").sees("Access denied");
            admin.go("/admin").type("q", other.email()).press("Find");
            assertEquals(1, admin.count("tbody tr"));
            admin.run("document.querySelector('select').value = 'agency'");
            admin.press("Set the plan of " + other.email()).sees("The plan was changed.");
            assertEquals(Plan.AGENCY, accounts.find(other.id()).orElseThrow().plan());
            admin.go("/admin?q=" + other.email())
                    .press("Disable " + other.email())
                    .sees("The account was disabled.");
            user.go("/account");
            assertTrue(user.path().startsWith("/login"), user.path());
            admin.go("/admin?q=" + other.email())
                    .press("Enable " + other.email())
                    .sees("The account was enabled.");
            Installation.logIn(user, other);
        }
    }
}
