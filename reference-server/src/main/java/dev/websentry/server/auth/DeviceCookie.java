package dev.websentry.server.auth;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.token.SecureTokens;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Recognizes browsers in which a user has logged in before, so that attempts of others at the same address do not lock
 * the user out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The cookie is an encrypted and
 * authenticated text. It does not log anybody in, and becomes invalid with the password.
 */
@Component
public class DeviceCookie {
    private static final String SECURE_NAME = "__Host-device";
    private static final String PLAIN_NAME = "device";
    private static final String MARKER = "device";
    private static final Duration LIFETIME = Duration.ofDays(180);
    private static final int MAX_LENGTH = 1000;

    private final SecretCipher cipher;
    private final AccountRepository accounts;
    private final Clock clock;

    DeviceCookie(SecretCipher cipher, AccountRepository accounts, Clock clock) {
        this.cipher = cipher;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Marks the browser as known to an account that has just logged in. */
    void write(HttpServletRequest request, HttpServletResponse response, Account account) {
        long expires = clock.instant().plus(LIFETIME).toEpochMilli();
        String text = cipher.encrypt(
                String.join(" ", MARKER, account.id(), account.passwordFingerprint(), Long.toString(expires)));
        ResponseCookie cookie = ResponseCookie.from(name(request), text)
                .path("/")
                .secure(request.isSecure())
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(LIFETIME)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** Returns the value of the cookie, which may be forged; empty if the request has none. */
    public Optional<String> read(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, name(request));
        return Optional.ofNullable(cookie).map(Cookie::getValue).filter(value -> value.length() <= MAX_LENGTH);
    }

    /**
     * Returns a text that identifies the browser, if the account with an e-mail address has logged in there.
     *
     * @param value the value of the cookie
     * @return empty if the cookie is not valid, or belongs to another account
     */
    Optional<String> identify(Optional<String> value, Email email) {
        String[] parts = value.map(this::decrypt).orElse("").split(" ", -1);
        if (parts.length != 4 || !parts[0].equals(MARKER) || Long.parseLong(parts[3]) < clock.millis()) {
            return Optional.empty();
        }
        return accounts.find(email)
                .filter(account -> account.id().equals(parts[1])
                        && SecureTokens.constantTimeEquals(account.passwordFingerprint(), parts[2]))
                .map(account -> Sha256.hex(value.orElse("")));
    }

    private @Nullable String decrypt(String value) {
        try {
            return cipher.decrypt(value);
        } catch (SecretCipher.UnknownKeyException e) {
            return null;
        }
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? SECURE_NAME : PLAIN_NAME;
    }
}
