package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests parsing of DER elements (X.690 sections 8.1.2 and 8.1.3). */
class DerElementTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "0400, 4, 0",
        "0401aa, 4, 1",
        "04027f80, 4, 2",
        "a000, 160, 0",
        "0481017f, 4, 1",
        "0482000155, 4, 1",
        "048400000001aa, 4, 1"
    })
    void parsesElements(String hex, int tag, int length) {
        DerElement element = DerElement.parse(bytes(hex));
        assertEquals(tag, element.tag());
        assertEquals(length, element.content().length);
        assertArrayEquals(bytes(hex), element.encoded());
    }

    @ParameterizedTest
    @CsvSource({"127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "65536, 0483010000"})
    void parsesMultiOctetLengths(int length, String header) {
        byte[] content = new byte[length];
        content[length - 1] = 9;
        assertArrayEquals(
                content,
                DerElement.parse(bytes(header + HexFormat.of().formatHex(content)))
                        .content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "1f00",
                "bf0100",
                "0402aa",
                "0480",
                "0481",
                "048201",
                "04820001",
                "048500000000",
                "0484ffffffff",
                "0481027f",
                "300204",
                "04000481",
                "04000402aa"
            })
    void invalidBytesAreRejected(String hex) {
        assertThrows(
                IllegalArgumentException.class,
                () -> DerElement.parse(bytes(hex)).children().size());
    }

    @Test
    void childrenAreFoundByTag() {
        DerElement sequence = DerElement.parse(bytes("300902010504014102017f"));
        assertEquals(
                List.of(DerElement.INTEGER, DerElement.OCTET_STRING, DerElement.INTEGER),
                sequence.children().stream().map(DerElement::tag).toList());
        assertEquals(5, sequence.firstChild(DerElement.INTEGER).orElseThrow().content()[0]);
        assertEquals(
                "A", sequence.firstChild(DerElement.OCTET_STRING).orElseThrow().text());
        assertEquals(Optional.empty(), sequence.firstChild(DerElement.BOOLEAN));
    }

    @Test
    void returnedArraysAreCopies() {
        DerElement element = DerElement.parse(bytes("0401aa"));
        element.content()[0] = 0;
        element.encoded()[0] = 0;
        assertArrayEquals(bytes("aa"), element.content());
        assertArrayEquals(bytes("0401aa"), element.encoded());
    }

    /** X.690 section 8.19: the first two arcs share an octet, and the second is below 40 unless the first is 2. */
    @ParameterizedTest
    @CsvSource({
        "06012a, 1.2",
        "060100, 0.0",
        "060127, 0.39",
        "060128, 1.0",
        "06014f, 1.39",
        "060150, 2.0",
        "06028837, 2.999",
        "0603551d11, 2.5.29.17",
        "06062a864886f70d, 1.2.840.113549",
        "060455048100, 2.5.4.128"
    })
    void objectIdentifiersAreDecoded(String hex, String dotted) {
        assertEquals(dotted, DerElement.parse(bytes(hex)).objectIdentifier());
    }

    @Test
    void incompleteAndLongObjectIdentifiersAreRejected() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DerElement.parse(bytes("0600")).objectIdentifier());
        assertThrows(
                IllegalArgumentException.class,
                () -> DerElement.parse(bytes("06022a86")).objectIdentifier());
        String longest = "068180" + "2a".repeat(128);
        assertEquals("1.2" + ".42".repeat(127), DerElement.parse(bytes(longest)).objectIdentifier());
        assertThrows(
                IllegalArgumentException.class,
                () -> DerElement.parse(bytes("068181" + "2a".repeat(129))).objectIdentifier());
    }

    @Test
    void elementMustSpanAllBytesIfItIsParsedExactly() {
        assertEquals(5, DerElement.parseExactly(bytes("020105")).content()[0]);
        assertThrows(IllegalArgumentException.class, () -> DerElement.parseExactly(bytes("02010500")));
        assertThrows(IllegalArgumentException.class, () -> DerElement.parseExactly(bytes("0201050201")));
        assertThrows(IllegalArgumentException.class, () -> DerElement.parseExactly(bytes("020105020106")));
    }
}
