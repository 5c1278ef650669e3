package dev.websentry.engine.syntax.caa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the record grammar of RFC 8659 section 4. */
class CaaRecordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 issue ca.example | ''",
                "0 issue | ''",
                "0 issue ; | ''",
                "0 issue ca.example; a=b; c=d | ''",
                "0 issue ca_example | value of issue is malformed",
                "0 issuewild ca.example; a | value of issuewild is malformed",
                "0 issuemail https://ca.example | value of issuemail is malformed",
                "0 issuevmc ca.example | ''",
                "0 iodef mailto:a@b.net | ''",
                "0 iodef HTTPS://b.net/ | ''",
                "0 iodef a@b.net | ''",
                "0 is-sue ca.example | a tag is not letters and digits: 'is-sue'",
                "0 ? | a tag is not letters and digits: '?'",
                "0 contactemail anything at all | ''",
                "0 future anything at all | ''",
                "127 future x | ''",
                "128 future x | unknown critical tag 'future'",
                "255 FUTURE x | unknown critical tag 'future'",
                "128 contactphone x | ''"
            })
    void malformedRecordsAreReported(String data, String expected) {
        String actual = CaaRecord.parse(data).validationError().orElse("");
        assertTrue(expected.isEmpty() ? actual.isEmpty() : actual.contains(expected), actual);
    }

    @Test
    void valueLengthIsLimited() {
        assertEquals("", issue(1000).validationError().orElse(""));
        assertEquals(
                "the value of issue has 1001 characters, at most 1000 are allowed",
                issue(1001).validationError().orElse(""));
    }

    private static CaaRecord issue(int length) {
        return CaaRecord.parse("0 issue " + "a".repeat(length));
    }

    /** RFC 8659 section 4.4: the value of iodef is a mailto, http or https URL. */
    @ParameterizedTest
    @CsvSource({
        "0 iodef mailto:a@b.net, false",
        "0 iodef HTTPS://b.net/, false",
        "0 IODEF http://b.net, false",
        "0 iodef a@b.net, true",
        "0 iodef mailto:nobody, true",
        "0 iodef https://, true",
        "0 iodef, true",
        "0 issue a@b.net, false"
    })
    void iodefHasToBeAUrl(String data, boolean without) {
        assertEquals(without, CaaRecord.parse(data).isIodefWithoutUrl());
    }

    @Test
    void lengthOfIodefIsLimited() {
        String url = "https://b.net/" + "a".repeat(986);
        assertFalse(CaaRecord.parse("0 iodef " + url).isIodefWithoutUrl());
        assertTrue(CaaRecord.parse("0 iodef " + url + "a").isIodefWithoutUrl());
    }

    @Test
    void onlyIssueAndIssuewildRestrictIssuanceForWebSites() {
        assertTrue(CaaRecord.parse("0 Issue ;").restrictsIssuance());
        assertTrue(CaaRecord.parse("0 issuewild ;").restrictsIssuance());
        assertFalse(CaaRecord.parse("0 issuemail ;").restrictsIssuance());
        assertFalse(CaaRecord.parse("0 iodef mailto:a@b.net").restrictsIssuance());
    }

    @Test
    void recordIsPrintedInZoneFileSyntax() {
        assertEquals(
                "0 issue \"ca.example; a=b\"",
                CaaRecord.parse("0 ISSUE ca.example; a=b").toString());
        assertEquals("0 issue \"\"", CaaRecord.parse("0 issue").toString());
    }
}
