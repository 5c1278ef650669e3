package dev.websentry.server.auth;

import dev.websentry.engine.syntax.Sha256;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.AccountRepository;
import dev.websentry.server.account.Email;
import dev.websentry.server.encryption.SecretCipher;
import dev.websentry.server.encryption.TokenCipher;
import dev.websentry.server.token.SecureTokens;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private static final Duration LIFETIME = Duration.ofDays(180);

    private final TokenCipher tokens;
    private final AccountRepository accounts;
    private final Clock clock;

    DeviceCookie(SecretCipher cipher, AccountRepository accounts, Clock clock) {
        tokens = new TokenCipher(cipher, "device", 3);
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Marks the browser as known to an account that has just logged in. */
    void write(HttpServletRequest request, HttpServletResponse response, Account account) {
        long expires = clock.instant().plus(LIFETIME).toEpochMilli();
        String token = tokens.encrypt(account.id(), account.passwordFingerprint(), Long.toString(expires));
        ResponseCookie cookie = ResponseCookie.from(name(request), token)
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
        return Optional.ofNullable(cookie).map(Cookie::getValue);
    }

    /**
     * Returns a text that identifies the browser, if the account with an e-mail address has logged in there.
     *
     * @param value the value of the cookie
     * @return empty if the cookie is not valid, or belongs to another account
     */
    Optional<String> identify(Optional<String> value, Email email) {
        return value.filter(token -> tokens.decrypt(token)
                        .filter(words -> isValid(words, email))
                        .isPresent())
                .map(Sha256::hex);
    }

    private boolean isValid(List<String> words, Email email) {
        return Long.parseLong(words.get(2)) >= clock.millis()
                && accounts.find(email)
                        .filter(account -> account.id().equals(words.get(0))
                                && SecureTokens.constantTimeEquals(account.passwordFingerprint(), words.get(1)))
                        .isPresent();
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? SECURE_NAME : PLAIN_NAME;
    }
}
