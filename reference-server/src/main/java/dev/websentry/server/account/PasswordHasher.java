package dev.websentry.server.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Hashes passwords with bcrypt over their HMAC-SHA-256. bcrypt ignores everything after 72 bytes or a zero byte; the
 * Base64-encoded digest always has 44 characters. See ADR 32.
 */
public final class PasswordHasher {
    public static final int MIN_LENGTH = 10;
    public static final int MAX_LENGTH = 1000;

    /** The bcrypt cost factor. One hash takes about a quarter of a second on a typical server. */
    private static final int STRENGTH = 12;

    /** In characters of bcrypt's Base64 alphabet, in which a full stop encodes zero. */
    private static final int SALT_LENGTH = 22;

    private static final int HASH_LENGTH = 31;

    /** Not a secret. Separates these digests from plain SHA-256 digests that leaked from other sites. */
    private static final byte[] DOMAIN = "websentry password".getBytes(StandardCharsets.UTF_8);

    private final BCryptPasswordEncoder bcrypt;
    private final String dummyHash;

    /** Creates a hasher with the cost factor for production. */
    public PasswordHasher() {
        this(STRENGTH);
    }

    /**
     * Creates a hasher.
     *
     * @param strength bcrypt cost factor, 4 to 31
     */
    public PasswordHasher(int strength) {
        bcrypt = new BCryptPasswordEncoder(strength);
        dummyHash = dummyHash(strength);
    }

    /**
     * Returns a well-formed hash that belongs to no password. Computing a real hash here would delay every start of the
     * server, and every command, by the time of one login.
     */
    static String dummyHash(int strength) {
        return "$2a$%02d$%s%s".formatted(strength, ".".repeat(SALT_LENGTH), ".".repeat(HASH_LENGTH));
    }

    /**
     * Checks the length of a new password.
     *
     * @throws IllegalArgumentException if the password is too short or too long; the message can be shown to the user
     */
    public static void requireValidLength(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The password has " + length + " characters; use " + MIN_LENGTH + " to " + MAX_LENGTH);
        }
    }

    /** Returns a salted bcrypt hash of the password. */
    public String hash(String password) {
        return String.valueOf(bcrypt.encode(digest(password)));
    }

    /** Returns whether the password belongs to the hash. */
    public boolean matches(String password, String hash) {
        return bcrypt.matches(digest(password), hash);
    }

    /** Takes as long as {@link #matches}, so that the response time does not reveal whether an account exists. */
    public void matchDummyHash(String password) {
        bcrypt.matches(digest(password), dummyHash);
    }

    private static String digest(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DOMAIN, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not available in this Java runtime", e);
        }
    }
}
