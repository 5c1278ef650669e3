package dev.websentry.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {
    @ParameterizedTest
    @CsvSource({
        "Me@Example.COM, me@example.com",
        "'  me+tag@example.com\t', me+tag@example.com",
        "root@localhost, root@localhost",
        "o'neil!x@sub.example.co.uk, o'neil!x@sub.example.co.uk",
        "ME@B\u00dcCHER.example, me@xn--bcher-kva.example",
        "me@XN--BCHER-KVA.example, me@xn--bcher-kva.example",
        "me@fa\u00df.example, me@xn--fa-hia.example",
        "JOS\u00c9@example.com, jos\u00e9@example.com",
        "jose\u0301@example.com, jos\u00e9@example.com",
        "\u043f\u043e\u0447\u0442\u0430@example.com, \u043f\u043e\u0447\u0442\u0430@example.com",
        "\u30e6\u30fc\u30b6\u30fc@example.jp, \u30e6\u30fc\u30b6\u30fc@example.jp"
    })
    void addressIsNormalized(String text, String normal) {
        assertEquals(normal, Email.parse(text).text());
        assertEquals(normal, Email.parse(normal).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "me",
                "me@",
                "@example.com",
                "a@b@example.com",
                "me@example..com",
                "me@example.com.",
                "me@-example.com",
                "me@exa_mple.com",
                "me@[127.0.0.1]",
                "m e@example.com",
                "me@example.com\u0000",
                "m\u0007e@example.com",
                "\"me\"@example.com",
                "<me>@example.com",
                "me@xn--zzzzzz-.example",
                "me@xn--\u00fc.example",
                "m\u200be@example.com",
                "m\u200de@example.com",
                "m\u202ee@example.com",
                "\u200fme@example.com",
                "m\u2066e@example.com",
                "m\u00ade@example.com",
                "m\u034fe@example.com",
                "m\ufeffe@example.com",
                "m\u3164e@example.com",
                "\uff4de@example.com",
                "me@ex\uff41mple.com",
                "me@example\u3002com",
                "m\u2460e@example.com",
                "\ufb01n@example.com",
                "\u0301me@example.com",
                "m\ud800e@example.com",
                "m\ue000e@example.com",
                "m\ud83d\ude00e@example.com",
                "m\u0435@example.com",
                "me@ex\u0430mple.com",
                "me@xn--exmple-4nf.com"
            })
    void otherAddressIsRejected(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Email.parse(text))
                .getMessage();
        assertTrue(message.startsWith("The e-mail address "), message);
    }

    @Test
    void longAddressIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> Email.parse("x".repeat(65) + "@example.com"));
        assertThrows(IllegalArgumentException.class, () -> Email.parse("x@" + "a.".repeat(130) + "com"));
        assertThrows(IllegalArgumentException.class, () -> Email.parse("x".repeat(1_000_000)));
    }

    @Test
    void addressesThatLookAlikeHaveTheSameSkeleton() {
        Email latin = Email.parse("coco@example.com");
        Email cyrillic = Email.parse("\u0441\u043e\u0441\u043e@example.com");
        assertEquals(latin.skeleton(), cyrillic.skeleton());
        assertTrue(latin.isAscii());
        assertFalse(cyrillic.isAscii());
        assertFalse(Email.parse("me@b\u00fccher.example").isAscii());
    }
}
