package dev.websentry.engine.syntax.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests key records by RFC 6376 section 3.6.1, RFC 8301 section 3 and RFC 8463. */
class DkimKeyTest {
    private static final String ED25519 =
            "; k=Ed25519; p=" + Base64.getEncoder().encodeToString(new byte[32]);

    @ParameterizedTest
    @CsvSource({
        "p=x, true",
        "k=rsa; p=, true",
        "v=DKIM1, true",
        "v=DKIM1; k=rsa, true",
        "v=spf1 -all, false",
        "v=DKIM2; k=rsa, false",
        "hello, false"
    })
    void keyRecordHasPublicKeyTagOrVersion(String text, boolean key) {
        assertEquals(key, DkimKey.isKeyRecord(text));
    }

    @ParameterizedTest
    @CsvSource({"2048, true, true", "2047, false, true", "1024, false, true", "1023, false, false"})
    void rsaKeyLengthDeterminesStrength(int bits, boolean strong, boolean acceptable) throws InvalidSyntaxException {
        DkimKey key = new DkimKey("rsa", bits, false, true);
        assertEquals(strong, key.strong());
        assertEquals(acceptable, key.acceptable());
        DkimKey unusable = new DkimKey("rsa", bits, false, false);
        assertFalse(unusable.strong() || unusable.acceptable());
    }

    @Test
    void ed25519KeyOfWrongLengthIsMalformed() throws InvalidSyntaxException {
        assertTrue(DkimKey.parse("v=DKIM1" + ED25519).strong());
        assertTrue(DkimKey.parse("v=DKIM1" + ED25519).acceptable());
        String complaint = assertThrows(
                        InvalidSyntaxException.class,
                        () -> DkimKey.parse(
                                "k=ed25519; p=" + Base64.getEncoder().encodeToString(new byte[33])))
                .reason();
        assertEquals("Ed25519 key of 33 bytes, expected 32", complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "v=DKIM1, true, false",
        "v=DKIM1; h=sha256, true, false",
        "v=DKIM1; h=sha1:SHA256, true, false",
        "v=DKIM1; h=sha1, false, false",
        "v=DKIM1; h=, true, false",
        "v=DKIM1; s=email, true, false",
        "v=DKIM1; s=*, true, false",
        "v=DKIM1; s=other:email, true, false",
        "v=DKIM1; s=other, false, false",
        "v=DKIM1; h=sha1; s=email, false, false",
        "v=DKIM1; t=y, true, true",
        "v=DKIM1; t=s:Y, true, true",
        "v=DKIM1; t=s, true, false"
    })
    void tagsDetermineUsabilityAndTestMode(String tags, boolean usable, boolean testing) throws InvalidSyntaxException {
        DkimKey key = DkimKey.parse(tags + ED25519);
        assertEquals(usable, key.usable());
        assertEquals(testing, key.testMode());
    }

    @Test
    void emptyKeyIsRevoked() throws InvalidSyntaxException {
        assertTrue(DkimKey.parse("p=").revoked());
        assertFalse(DkimKey.parse("v=DKIM1" + ED25519).revoked());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM2; p= | v tag is not DKIM1",
                "p=; v=DKIM1 | v tag is not DKIM1",
                "v=DKIM1 | no p tag",
                "p=??? | not Base64",
                "k=dsa; p=AAAA | unknown key type dsa",
                "p=AAAA | not an RSA public key",
                "p=MAA= | not an RSA public key"
            })
    void malformedKeysAreRejected(String text, String complaint) {
        String actual = assertThrows(InvalidSyntaxException.class, () -> DkimKey.parse(text))
                .reason();
        assertTrue(actual.contains(complaint), actual);
    }
}
