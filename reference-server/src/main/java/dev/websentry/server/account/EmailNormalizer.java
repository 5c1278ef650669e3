package dev.websentry.server.account;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalizes e-mail addresses, so that one mailbox has one account, and rejects addresses that look like others. The
 * local part follows the UsernameCaseMapped profile of PRECIS (RFC 8265 section 3.3), but compatibility characters such
 * as full-width letters are rejected instead of mapped. The domain is processed by UTS 46 and stored in ASCII. Mixed
 * scripts are rejected by UTS 39 section 5.2, level "highly restrictive".
 */
final class EmailNormalizer {
    /** The 256 octets of a path (RFC 5321 section 4.5.3.1.3) without its angle brackets. */
    private static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL_LENGTH = 64;

    /** The characters of a dot-atom (RFC 5322 section 3.2.3), and everything outside of ASCII. */
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\\P{ASCII}-]+");

    private static final Pattern ASCII_DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final String INVALID = "The e-mail address is not valid; enter one such as name@example.com";
    private static final String UNUSUAL = "The e-mail address contains characters that are invisible, change the"
            + " writing direction, or only look like letters; type it on the keyboard instead of copying it";
    private static final String MIXED = "The e-mail address mixes letters of different writing systems that look"
            + " alike; use the letters of one writing system";

    private EmailNormalizer() {}

    /**
     * Holds ICU's data, which is only loaded for addresses with other characters than ASCII, or to compare with one.
     */
    private static final class Icu {
        static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.CHECK_CONTEXTO
                | IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE);
        static final Normalizer2 NFC = Normalizer2.getNFCInstance();
        static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
        static final SpoofChecker SPOOFS = new SpoofChecker.Builder()
                .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE | SpoofChecker.MIXED_NUMBERS)
                .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
                .build();
    }

    /**
     * Returns the canonical spelling of an address.
     *
     * @throws IllegalArgumentException if the text is not an acceptable address; the message is for the user
     */
    static String normalize(String text) {
        // The upper bound also limits the work for hostile texts.
        int at = text.indexOf('@');
        if (text.length() > MAX_LENGTH || at <= 0 || at != text.lastIndexOf('@') || at == text.length() - 1) {
            throw new IllegalArgumentException(INVALID);
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        String normal = isAscii(text) ? asciiAddress(local, domain) : unicodeAddress(local, domain);
        if (normal.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(INVALID);
        }
        return normal;
    }

    private static String asciiAddress(String local, String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (lower.startsWith("xn--") || lower.contains(".xn--")) {
            return localPart(local) + "@" + domain(lower);
        }
        if (!ASCII_DOMAIN.matcher(lower).matches()) {
            throw new IllegalArgumentException(INVALID);
        }
        return localPart(local) + "@" + lower;
    }

    private static String unicodeAddress(String local, String domain) {
        requireUsualCharacters(local);
        requireUsualCharacters(domain);
        return localPart(local) + "@" + domain(domain);
    }

    private static String localPart(String local) {
        if (!LOCAL.matcher(local).matches() || local.length() > MAX_LOCAL_LENGTH) {
            throw new IllegalArgumentException(INVALID);
        }
        if (isAscii(local)) {
            return local.toLowerCase(Locale.ROOT);
        }
        String normal = Icu.NFC.normalize(UCharacter.toLowerCase(ULocale.ROOT, Icu.NFC.normalize(local)));
        requireOneScript(normal);
        return normal;
    }

    private static String domain(String domain) {
        IDNA.Info info = new IDNA.Info();
        StringBuilder unicode = new StringBuilder();
        StringBuilder ascii = new StringBuilder();
        Icu.DOMAINS.nameToUnicode(domain, unicode, info);
        Icu.DOMAINS.nameToASCII(domain, ascii, info);
        if (info.hasErrors() || domain.endsWith(".")) {
            throw new IllegalArgumentException(INVALID);
        }
        requireUsualCharacters(unicode.toString());
        List.of(unicode.toString().split("\\.", -1)).forEach(EmailNormalizer::requireOneScript);
        return ascii.toString();
    }

    /**
     * Rejects characters that PRECIS does not allow in identifiers (RFC 8264 section 4.2.2): everything except letters,
     * digits, marks and printable ASCII, and characters with a compatibility decomposition.
     */
    private static void requireUsualCharacters(String text) {
        // Compatibility characters, such as full-width letters, also in composed form.
        boolean usual = Icu.NFKC.normalize(text).equals(Icu.NFC.normalize(text))
                && text.codePoints().allMatch(EmailNormalizer::isUsual);
        if (!usual) {
            throw new IllegalArgumentException(UNUSUAL);
        }
    }

    private static boolean isUsual(int character) {
        if (character < 0x80) {
            return character > 0x20 && character != 0x7f;
        }
        int category = UCharacter.getType(character);
        boolean letterOrDigit = category == UCharacterCategory.LOWERCASE_LETTER
                || category == UCharacterCategory.UPPERCASE_LETTER
                || category == UCharacterCategory.OTHER_LETTER
                || category == UCharacterCategory.MODIFIER_LETTER
                || category == UCharacterCategory.DECIMAL_DIGIT_NUMBER
                || category == UCharacterCategory.NON_SPACING_MARK
                || category == UCharacterCategory.COMBINING_SPACING_MARK;
        return letterOrDigit && !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static void requireOneScript(String text) {
        int first = text.isEmpty() ? 0 : UCharacter.getType(text.codePointAt(0));
        if (first == UCharacterCategory.NON_SPACING_MARK || first == UCharacterCategory.COMBINING_SPACING_MARK) {
            throw new IllegalArgumentException(UNUSUAL);
        }
        if (Icu.SPOOFS.failsChecks(text)) {
            throw new IllegalArgumentException(MIXED);
        }
    }

    /** Returns the address as it is displayed: with the domain in Unicode. */
    static String display(String normalized) {
        if (!normalized.contains("xn--")) {
            return normalized;
        }
        int at = normalized.indexOf('@');
        StringBuilder unicode = new StringBuilder();
        Icu.DOMAINS.nameToUnicode(normalized.substring(at + 1), unicode, new IDNA.Info());
        return normalized.substring(0, at + 1) + unicode;
    }

    static String skeleton(String normalized) {
        return Icu.SPOOFS.getSkeleton(display(normalized));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }
}
