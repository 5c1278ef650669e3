package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the hashes with the examples of NIST for FIPS 180-4, and a text outside of ASCII. */
class Sha256Test {
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,"
                + "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad,"
                + "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "\u00e9, 4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c,"
                + "SplVfkAzw1Od4utlRyAXytX5VX96BiWgnxw/biumnEw="
    })
    void textIsHashedInUtf8(String text, String hex, String base64) {
        assertEquals(hex, Sha256.hex(text));
        assertEquals(hex, Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(base64, Sha256.base64(text));
    }
}
