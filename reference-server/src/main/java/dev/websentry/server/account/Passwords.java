package dev.websentry.server.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * How passwords are kept: bcrypt over an HMAC-SHA-256 of them. bcrypt alone looks at 72 bytes and stops at a zero byte;
 * the digest in Base64 is 44 characters whatever the password. ADR 72.
 */
public final class Passwords {
    public static final int SHORTEST = 10;
    public static final int LONGEST = 1000;

    /** About a quarter of a second on the machines that this runs on. */
    private static final int STRENGTH = 12;

    /** In bcrypt's own Base64, whose full stop is a zero. */
    private static final int SALT_LENGTH = 22;

    private static final int HASH_LENGTH = 31;

    /** No secret: it keeps our digests apart from bare SHA-256 digests that leaked elsewhere. */
    private static final byte[] DOMAIN = "websentry password".getBytes(StandardCharsets.UTF_8);

    private final BCryptPasswordEncoder bcrypt;
    private final String nobodys;

    public Passwords() {
        this(STRENGTH);
    }

    public Passwords(int strength) {
        bcrypt = new BCryptPasswordEncoder(strength);
        nobodys = ofNobody(strength);
    }

    /**
     * A hash of the right form, which is all that comparing with it needs: to make one of a password would hold up every start
     * of the server, and every command, for as long as a login takes.
     */
    static String ofNobody(int strength) {
        return "$2a$%02d$%s%s".formatted(strength, ".".repeat(SALT_LENGTH), ".".repeat(HASH_LENGTH));
    }

    /**
     * @throws IllegalArgumentException when it is too short or too long; the message is fit to be shown
     */
    public static void requireFit(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "The password must have " + SHORTEST + " to " + LONGEST + " characters; this one has " + length);
        }
    }

    public String hash(String password) {
        return String.valueOf(bcrypt.encode(digest(password)));
    }

    public boolean matches(String password, String hash) {
        return bcrypt.matches(digest(password), hash);
    }

    /** Takes as long as {@link #matches} does, so that nobody can tell by the clock that there is no such account. */
    public void matchNobody(String password) {
        bcrypt.matches(digest(password), nobodys);
    }

    private static String digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DOMAIN, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
