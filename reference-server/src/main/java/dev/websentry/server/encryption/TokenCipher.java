package dev.websentry.server.encryption;

import java.util.List;
import java.util.Optional;

/**
 * Encrypts words into a token that a client keeps, such as a cookie or a link. The token is authenticated, so that it
 * can be neither guessed nor changed, and reveals nothing.
 */
public final class TokenCipher {
    private static final String SEPARATOR = " ";
    private static final int MAX_LENGTH = 1000;

    private final SecretCipher cipher;
    private final String purpose;
    private final int wordCount;

    /**
     * Creates a cipher for tokens of one purpose.
     *
     * @param purpose the first word of each token, since the key encrypts other texts, too
     * @param wordCount the number of words of a token, without the purpose
     */
    public TokenCipher(SecretCipher cipher, String purpose, int wordCount) {
        this.cipher = cipher;
        this.purpose = purpose;
        this.wordCount = wordCount;
    }

    /**
     * Encrypts words. Each result differs.
     *
     * @param words words without spaces, which may be empty
     * @return a token in the alphabet of base64url (RFC 4648 section 5) and dots, without padding
     */
    public String encrypt(String... words) {
        String text = purpose + SEPARATOR + String.join(SEPARATOR, words);
        return cipher.encrypt(text).replace('+', '-').replace('/', '_').replace("=", "");
    }

    /**
     * Decrypts a token, which may be forged.
     *
     * @return the words; empty if the token is longer than {@value #MAX_LENGTH} characters or not valid
     */
    public Optional<List<String>> decrypt(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String text = cipher.decrypt(token.replace('-', '+').replace('_', '/'));
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            return parts.size() == 1 + wordCount && parts.get(0).equals(purpose)
                    ? Optional.of(parts.subList(1, parts.size()))
                    : Optional.empty();
        } catch (SecretCipher.UnknownKeyException e) {
            return Optional.empty();
        }
    }
}
