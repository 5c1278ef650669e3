package dev.websentry.engine.syntax.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7208 sections 5.6 and 4.6.2: networks, of which the first that matches decides. */
class AddressRangesTest {
    @Test
    void allAddressesCoverBothFamilies() {
        assertEquals(new SpfAuthorizedShare(1, 1), AddressRanges.all().share());
        assertEquals(new SpfAuthorizedShare(0, 0), AddressRanges.none().share());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0, 1, 0",
        "203.0.113.9, 1, 0.5, 0",
        "255.255.255.255, 2, 0.25, 0",
        "2001:db8::1, 3, 0, 1",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4, 0, 0.5",
        "2000:0:0:0:0:0:1.2.3.4, 3, 0, 1",
        "8000::, 1, 0, 0",
        "::ffff:0.0.0.0, 96, 0, 0",
        "not an address, 0, 0, 0",
        "1.2.3.256, 0, 0, 0",
        "'', 0, 0, 0"
    })
    void aNetworkHasItsShare(String address, int prefix, double ipv4, double ipv6) {
        AddressRanges ranges = AddressRanges.none();
        ranges.addNetwork(address, Math.min(prefix, 32), prefix);
        assertEquals(new SpfAuthorizedShare(ipv4, ipv6), ranges.share());
    }

    @Test
    void theUnionEqualsThatOfSingleNumbers() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            AddressRanges ranges = AddressRanges.none();
            AddressRanges rest = AddressRanges.all();
            boolean[] covered = new boolean[256];
            for (int term = 0; term < 6; term++) {
                int prefix = random.nextInt(9);
                int octet = random.nextInt(256);
                ranges.addNetwork(octet + ".1.2.3", prefix, 128);
                AddressRanges one = AddressRanges.none();
                one.addNetwork(octet + ".3.2.1", prefix, 128);
                rest.take(one);
                int size = 1 << (8 - prefix);
                int first = octet / size * size;
                java.util.Arrays.fill(covered, first, first + size, true);
            }
            int count = 0;
            for (boolean octet : covered) {
                count += octet ? 1 : 0;
            }
            assertEquals(count / 256.0, ranges.share().ipv4());
            assertEquals(1 - count / 256.0, rest.share().ipv4());
        }
    }
}
