package dev.websentry.engine.check.dns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimCheckTest {
    private static final String MAIL = "example.com MX 10 mx.example.com | ";
    private static final String RSA_512 = rsa(512);
    private static final String RSA_1024 = rsa(1024);
    private static final String RSA_2048 = rsa(2048);
    private static final String ED25519 = Base64.getEncoder().encodeToString(new byte[32]);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    RSA 2048 passes              ^ PASS ^ RSA 2048 bits ^ default._domainkey.example.com TXT v=DKIM1; k=rsa; p=RSA2048
                    a key without version passes ^ PASS ^ RSA 2048 bits ^ default._domainkey.example.com TXT p=RSA2048
                    Ed25519 passes               ^ PASS ^ Ed25519 ^ default._domainkey.example.com TXT v=DKIM1; k=ed25519; p=ED25519
                    RSA 1024 warns               ^ WARN ^ RSA 1024 bits ^ default._domainkey.example.com TXT v=DKIM1; p=RSA1024
                    test mode warns              ^ WARN ^ test mode ^ default._domainkey.example.com TXT v=DKIM1; t=y:s; p=RSA2048
                    RSA 512 fails                ^ FAIL ^ RSA 512 bits ^ default._domainkey.example.com TXT v=DKIM1; p=RSA512
                    only a revoked key fails     ^ FAIL ^ revoked ^ default._domainkey.example.com TXT v=DKIM1; p=
                    only a malformed key fails   ^ FAIL ^ malformed ^ default._domainkey.example.com TXT v=DKIM1; p=???
                    an empty RSA modulus fails   ^ FAIL ^ malformed ^ default._domainkey.example.com TXT v=DKIM1; p=MAICAA==
                    a zero RSA modulus fails     ^ FAIL ^ malformed ^ default._domainkey.example.com TXT v=DKIM1; p=MAYCAQACAQA=
                    a key only for SHA-1 fails   ^ FAIL ^ not usable for mail with SHA-256 ^ default._domainkey.example.com TXT v=DKIM1; h=sha1; p=RSA2048
                    a strong key next to a revoked key passes ^ PASS ^ selector s1 ^ default._domainkey.example.com TXT v=DKIM1; p= | s1._domainkey.example.com TXT p=RSA2048
                    no selector found is not applicable ^ NOT_APPLICABLE ^ no DKIM key at the common selectors ^ example.com TXT hello
                    NXDOMAIN at _domainkey fails ^ FAIL ^ does not exist ^ _domainkey.example.com TXT NXDOMAIN
                    a wildcard is not applicable ^ NOT_APPLICABLE ^ wildcard ^ default._domainkey.example.com TXT p=RSA2048 | control0._domainkey.example.com TXT p=RSA2048
                    a wildcard with other text is not applicable ^ NOT_APPLICABLE ^ wildcard ^ default._domainkey.example.com TXT v=spf1 -all | control0._domainkey.example.com TXT v=spf1 -all
                    a revoked wildcard says nothing about a real key (RFC 6376 section 3.6.1) ^ PASS ^ selector s1: RSA 2048 ^ control0._domainkey.example.com TXT v=DKIM1; p= | default._domainkey.example.com TXT v=DKIM1; p= | s1._domainkey.example.com TXT p=RSA2048
                    a weak key next to a revoked wildcard warns ^ WARN ^ selector s1: RSA 1024 ^ control0._domainkey.example.com TXT v=DKIM1; p= | default._domainkey.example.com TXT v=DKIM1; p= | s1._domainkey.example.com TXT p=RSA1024
                    only a revoked wildcard is not applicable ^ NOT_APPLICABLE ^ wildcard ^ control0._domainkey.example.com TXT v=DKIM1; p= | default._domainkey.example.com TXT v=DKIM1; p=
                    a real key next to a wildcard of other text passes ^ PASS ^ selector s1: RSA 2048 ^ control0._domainkey.example.com TXT v=spf1 -all | default._domainkey.example.com TXT v=spf1 -all | s1._domainkey.example.com TXT p=RSA2048
                    a timeout next to a wildcard is not checked ^ NOT_CHECKED ^ no answer in time ^ control0._domainkey.example.com TXT v=DKIM1; p= | selector1._domainkey.example.com TXT TIMEOUT
                    a timeout is not checked     ^ NOT_CHECKED ^ no answer in time ^ selector1._domainkey.example.com TXT TIMEOUT
                    without the SPF answer the guess is incomplete ^ NOT_CHECKED ^ SERVFAIL ^ example.com TXT SERVFAIL
                    a strong key overrides a timeout ^ PASS ^ RSA 2048 ^ selector1._domainkey.example.com TXT TIMEOUT | default._domainkey.example.com TXT p=RSA2048
                    a weak key does not override a timeout ^ NOT_CHECKED ^ no answer in time ^ selector1._domainkey.example.com TXT TIMEOUT | default._domainkey.example.com TXT p=RSA1024
                    a provider's selector is found by MX ^ PASS ^ protonmail2 ^ example.com MX 10 mail.protonmail.ch | protonmail2._domainkey.example.com TXT p=RSA2048
                    a provider's selector is found by SPF ^ PASS ^ mandrill ^ example.com TXT v=spf1 include:spf.mandrillapp.com -all | mandrill._domainkey.example.com TXT p=RSA2048
                    """)
    void evaluatesKeys(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(MAIL + keys(zone)).expect(new DkimCheck(), outcome, inValue);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '^', textBlock = """
                    no MX means nothing to protect   ^ NOTHING_TO_PROTECT ^ no mail server ^ example.com TXT hello
                    a null MX means nothing to protect ^ NOTHING_TO_PROTECT ^ null MX ^ example.com MX 0 .
                    an unknown MX is not checked     ^ NOT_CHECKED ^ SERVFAIL ^ example.com MX SERVFAIL
                    """)
    void evaluatesDomainsWithoutMailServers(String sentence, CheckOutcome outcome, String inValue, String zone) {
        ObservedDns.zone(zone).expect(new DkimCheck(), outcome, inValue);
    }

    @Test
    void onlyConfiguredSelectorsAreChecked() {
        ObservedDns dns = ObservedDns.zone(MAIL + "default._domainkey.example.com TXT p=" + RSA_2048)
                .dkimSelectors("mine");
        dns.expect(new DkimCheck(), CheckOutcome.FAIL, "no DKIM key at the configured selectors mine");
        assertTrue(!dns.observations()
                .answers()
                .containsKey(new DnsQuestion("default._domainkey.example.com", DnsRecordType.TXT)));
    }

    @Test
    void configuredSelectorCountsDespiteWildcard() {
        ObservedDns.zone(MAIL
                        + keys("mine._domainkey.example.com TXT p=RSA2048 | control0._domainkey.example.com TXT x"))
                .dkimSelectors("mine")
                .expect(new DkimCheck(), CheckOutcome.PASS, "selector mine");
    }

    @Test
    void bareRsaPublicKeyIsParsed() {
        byte[] wrapped = Base64.getDecoder().decode(RSA_2048);
        // The SubjectPublicKeyInfo of a 2048-bit key has 24 octets before the RSAPublicKey.
        String bare = Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(wrapped, 24, wrapped.length));
        ObservedDns.zone(MAIL + "s1._domainkey.example.com TXT p=" + bare)
                .expect(new DkimCheck(), CheckOutcome.PASS, "RSA 2048 bits");
    }

    private static String keys(String zone) {
        return zone.replace("RSA2048", RSA_2048)
                .replace("RSA1024", RSA_1024)
                .replace("RSA512", RSA_512)
                .replace("ED25519", ED25519);
    }

    private static String rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
