package dev.websentry.engine.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.syntax.structured.BareItem;
import dev.websentry.engine.syntax.structured.StructuredFields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "a",
                "a=1",
                "a=-1.5",
                "a=?0",
                "a=:aGk=:",
                "a=:aGk:",
                "a=::",
                "a=:aA==:",
                "a=%\"%f0%9f%98%80 x\"",
                "a=%\"\"",
                "a=@1659578233",
                "a=%\"f%c3%bc\"",
                "a=\"x\\\"y\"",
                "a=tok/en",
                "a=()",
                "a=(b c);d=1",
                "a;b;c=\"x\", d",
                "a=1,b=2",
                "a=1 ,\tb=2",
                "*k=*"
            })
    void parsesDictionaries(String text) {
        assertEquals(true, StructuredFields.parseDictionary(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "a,",
                "a=",
                "A=1",
                "a=1 b=2",
                "a=(b,c)",
                "a=(b",
                "a=(\"x\"b)",
                "a=\"x",
                "a=\"x\\y\"",
                "a=1.",
                "a=1.2345",
                "a=1234567890123456",
                "a=?2",
                "a=:x",
                "a=:a=Gk:",
                "a=:=aGk:",
                "a=:aGk===:",
                "a=:a:",
                "a=:aGkaG:",
                "a=%\"%c3\"",
                "a=%\"%c3%28\"",
                "a=%\"%ed%a0%80\"",
                "a=%\"%ff\"",
                "a=%\"%f\"",
                "a=%\"%zz\"",
                "a=%\"%C3\"",
                "a=\u00e9",
                "a=1;",
                "a=@1.5",
                "a=%\"%c3x%bc\"",
                "a=\"\u001f\"",
                "a=\"\u007f\""
            })
    void rejectsInvalidDictionaries(String text) {
        assertEquals(Optional.empty(), StructuredFields.parseDictionary(text));
    }

    @Test
    void lastOfSeveralEqualKeysApplies() {
        assertEquals(
                List.of("2"),
                StructuredFields.parseDictionary("a=1, a=2").orElseThrow().get("a").items().stream()
                        .map(BareItem::text)
                        .toList());
    }

    @Test
    void itemMustBeTheOnlyMember() {
        assertEquals(
                "same-origin",
                StructuredFields.parseItem(" same-origin; report-to=\"x\"")
                        .orElseThrow()
                        .text());
        assertEquals(Optional.empty(), StructuredFields.parseItem("same-origin, same-origin"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,                 INTEGER,        0
            9,                 INTEGER,        9
            -15,               INTEGER,        -15
            2.5,               DECIMAL,        2.5
            ?1,                BOOLEAN,        true
            ?0,                BOOLEAN,        false
            :aGk=:,            BYTES,          :aGk=:
            @1659578233,       DATE,           @1659578233
            '%"f%c3%bc"',      DISPLAY_STRING, '%"f%c3%bc"'
            '"a \\" ~"',       STRING,         'a " ~'
            tok/en,            TOKEN,          tok/en
            """)
    void itemsHaveTypesAndTexts(String field, BareItem.BareItemType type, String text) {
        assertEquals(Optional.of(new BareItem(type, text)), StructuredFields.parseItem(" " + field + " "));
    }
}
