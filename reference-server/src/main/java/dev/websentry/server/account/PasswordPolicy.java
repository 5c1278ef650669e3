package dev.websentry.server.account;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides which new passwords are accepted: by their length, and by a list of common passwords with simple variations,
 * repetitions, sequences and the user's own e-mail address, as NIST SP 800-63B-4 section 3.1.1.2 requires. There are no
 * rules about kinds of characters, which the same section forbids. The list and the rules are those of zxcvbn. See ADR
 * 81.
 */
public final class PasswordPolicy {
    public static final int MIN_LENGTH = 10;
    public static final int MAX_LENGTH = 1000;

    /**
     * Number of characters that are judged. The time of a judgement grows faster than the length, up to a second for 50
     * characters that all stand for letters. A password whose beginning is hard to guess is accepted.
     */
    private static final int JUDGED_LENGTH = 32;

    /** zxcvbn's score for passwords that resist guessing over the network: more than a million guesses. */
    private static final int MIN_SCORE = 2;

    private PasswordPolicy() {}

    /** Holds the list of passwords, which is only loaded when the first password is judged. */
    private static final class Estimator {
        static final Zxcvbn PASSWORDS = load();

        private static Zxcvbn load() {
            try {
                return new ZxcvbnBuilder()
                        .dictionary(StandardDictionaries.PASSWORDS_LOADER.load())
                        .keyboards(StandardKeyboards.loadAllKeyboards())
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the list of common passwords", e);
            }
        }
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

    /**
     * Checks a new password of the account with an e-mail address.
     *
     * @throws IllegalArgumentException if the password is too short, too long or too easy to guess; the message can be
     *     shown to the user
     */
    public static void requireAcceptable(String password, Email email) {
        requireValidLength(password);
        if (password.isBlank() || isGuessable(password, email)) {
            throw new IllegalArgumentException("The password is easy to guess: it is a common password, a repetition, a"
                    + " sequence or similar to the e-mail address; use several words that do not belong together");
        }
    }

    private static boolean isGuessable(String password, Email email) {
        String address = email.text();
        String lower = password.strip().toLowerCase(Locale.ROOT);
        if (lower.equals(address) || lower.equals(address.substring(0, address.indexOf('@')))) {
            return true;
        }
        String judged = password.substring(
                0,
                password.offsetByCodePoints(0, Math.min(JUDGED_LENGTH, password.codePointCount(0, password.length()))));
        return Estimator.PASSWORDS.measure(judged, ownWords(address)).getScore() < MIN_SCORE;
    }

    private static List<String> ownWords(String address) {
        List<String> words = new ArrayList<>(List.of("websentry", address));
        words.addAll(List.of(address.split("[@.+_-]+", -1)));
        words.removeIf(String::isEmpty);
        return words;
    }
}
