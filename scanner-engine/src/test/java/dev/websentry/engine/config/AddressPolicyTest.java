package dev.websentry.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "3fff::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2002:c0a8:101::1",
                "100::1",
                "::127.0.0.1",
                "5f00::1",
            })
    void specialPurposeAddressesAreNotPublic(String literal) throws Exception {
        assertFalse(AddressPolicy.PUBLIC_ONLY.allows(InetAddress.getByName(literal)), literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.9.9.9",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "2002:101:101::1",
            })
    void internetAddressesArePublic(String literal) throws Exception {
        assertTrue(AddressPolicy.PUBLIC_ONLY.allows(InetAddress.getByName(literal)), literal);
    }

    @Test
    void anAllowedRangeAllowsOnlyThatRange() throws Exception {
        AddressPolicy policy = AddressPolicy.publicAddressesAnd(List.of(AddressRange.parse("10.20.0.0/16")));
        assertTrue(policy.allows(InetAddress.getByName("10.20.255.1")));
        assertFalse(policy.allows(InetAddress.getByName("10.21.0.1")));
        assertTrue(policy.allows(InetAddress.getByName("1.1.1.1")));
    }

    @Test
    void anAddressWithoutAPrefixLengthIsARangeOfOneAddress() throws Exception {
        AddressRange one = AddressRange.parse("fd00::5");
        assertEquals(128, one.prefixLength());
        assertFalse(one.contains(InetAddress.getByName("fd00::6")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "fd00::/129", "example.com/8", "10.0.0/8/8", "10.0.0.0/-1", "300.0.0.0/8"})
    void anInvalidRangeIsNamedInTheMessage(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text))
                .getMessage();
        assertTrue(message.contains("'" + text + "'"), message);
    }
}
