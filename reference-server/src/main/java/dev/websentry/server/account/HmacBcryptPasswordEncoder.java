package dev.websentry.server.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * Hashes passwords with bcrypt over their HMAC-SHA-256. bcrypt ignores everything after 72 bytes or a zero byte; the
 * Base64-encoded digest always has 44 characters. See ADR 32.
 */
public final class HmacBcryptPasswordEncoder extends AbstractValidatingPasswordEncoder {
    /** The bcrypt cost factor. One hash takes about a quarter of a second on a typical server. */
    private static final int STRENGTH = 12;

    /** Not a secret. Separates these digests from plain SHA-256 digests that leaked from other sites. */
    private static final byte[] DOMAIN = "websentry password".getBytes(StandardCharsets.UTF_8);

    private final BCryptPasswordEncoder bcrypt;

    /** Creates an encoder with the cost factor for production. */
    public HmacBcryptPasswordEncoder() {
        this(STRENGTH);
    }

    /**
     * Creates an encoder.
     *
     * @param strength bcrypt cost factor, 4 to 31
     */
    public HmacBcryptPasswordEncoder(int strength) {
        bcrypt = new BCryptPasswordEncoder(strength);
    }

    @Override
    protected String encodeNonNullPassword(String password) {
        return String.valueOf(bcrypt.encode(digest(password)));
    }

    @Override
    protected boolean matchesNonNull(String password, String hash) {
        return bcrypt.matches(digest(password), hash);
    }

    /** Returns a digest of the password in NFKC, because keyboards compose characters in different ways. */
    private static String digest(String password) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DOMAIN, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not available in this Java runtime", e);
        }
    }
}
