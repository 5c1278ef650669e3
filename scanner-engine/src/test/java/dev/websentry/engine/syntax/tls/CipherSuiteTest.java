package dev.websentry.engine.syntax.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherSuiteTest {
    @ParameterizedTest
    @CsvSource({
        "0002, NO_PROTECTION",
        "0003, NO_PROTECTION",
        "0064, NO_PROTECTION",
        "0018, NO_PROTECTION",
        "C016, NO_PROTECTION",
        "0005, RC4",
        "C011, RC4",
        "0007, SMALL_BLOCK",
        "0015, SMALL_BLOCK",
        "000A, SMALL_BLOCK",
        "009C, STATIC_KEY",
        "002F, STATIC_KEY",
        "0031, STATIC_KEY",
        "C02D, STATIC_KEY",
        "0033, CBC",
        "C013, CBC",
        "009E, FORWARD_SECRET_AEAD",
        "C02B, FORWARD_SECRET_AEAD",
        "CCA8, FORWARD_SECRET_AEAD",
        "1301, FORWARD_SECRET_AEAD"
    })
    void suiteHasTheWeakestStrengthThatApplies(String code, CipherStrength group) {
        CipherSuite suite = CipherSuite.of(Integer.parseInt(code, 16));
        assertEquals(group, suite.strength(), suite.name());
    }

    @ParameterizedTest
    @CsvSource({
        "002F, RSA, true",
        "C02F, RSA, true",
        "C02B, RSA, false",
        "C02B, ECDSA, true",
        "0032, DSS, true",
        "0034, RSA, false",
        "1301, RSA, false"
    })
    void keyAlgorithmIsDerivedFromTheName(String code, String algorithm, boolean proven) {
        assertEquals(proven, CipherSuite.of(Integer.parseInt(code, 16)).authenticatesWith(algorithm));
    }

    @ParameterizedTest
    @CsvSource({
        "0033, true, false",
        "0034, true, false",
        "0031, false, false",
        "C013, false, true",
        "C018, false, true",
        "C00E, false, false",
        "002F, false, false"
    })
    void ephemeralKeyExchange(String code, boolean dhe, boolean ecdhe) {
        CipherSuite suite = CipherSuite.of(Integer.parseInt(code, 16));
        assertEquals(dhe, suite.isDhe());
        assertEquals(ecdhe, suite.isEcdhe());
    }

    @ParameterizedTest
    @CsvSource({
        "002F, true",
        "C02B, true",
        "0034, true",
        "0041, false",
        "C050, false",
        "0096, false",
        "0030, false",
        "0031, false",
        "0032, false",
        "C004, false",
        "C018, true"
    })
    void recognizesCommonSuites(String code, boolean common) {
        assertEquals(common, CipherSuite.of(Integer.parseInt(code, 16)).isCommon());
    }

    @Test
    void commonSuitesComeFirst() {
        boolean rare = false;
        for (CipherSuite suite : CipherSuite.UP_TO_TLS_1_2) {
            assertTrue(!(rare && suite.isCommon()), suite.name());
            rare |= !suite.isCommon();
        }
        assertTrue(rare);
    }

    @Test
    void unknownSuiteIsNamedByItsCodePoint() {
        assertEquals("0x0ABC", CipherSuite.of(0x0abc).name());
        assertEquals("TLS_AES_128_GCM_SHA256", CipherSuite.of(0x1301).name());
    }

    @Test
    void versionsAreFoundByCodePoint() {
        assertEquals(Optional.of(ProtocolVersion.TLS_1_2), ProtocolVersion.of(0x0303));
        assertEquals(Optional.of(ProtocolVersion.SSL_2), ProtocolVersion.of(2));
        assertEquals(Optional.empty(), ProtocolVersion.of(0x0305));
        assertEquals("SSLv3", ProtocolVersion.SSL_3.title());
    }
}
