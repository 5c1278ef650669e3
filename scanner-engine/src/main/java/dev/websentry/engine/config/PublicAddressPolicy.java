package dev.websentry.engine.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Allows addresses of the public Internet, as defined by the IANA special-purpose address registries (RFC 6890 and its
 * updates). An IPv4 address that is embedded in an IPv6 address (mapped, NAT64, 6to4) is treated as that IPv4 address.
 *
 * @param allowed additional ranges that are allowed
 */
record PublicAddressPolicy(List<AddressRange> allowed) implements AddressPolicy {
    private static final List<AddressRange> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // Azure's WireServer: a metadata service in public address space.
                    "168.63.129.16/32")
            .map(AddressRange::parse)
            .toList();
    /** IPv6 uses an allowlist: only 2000::/3 is global unicast, except for the ranges in NOT_GLOBAL_UNICAST. */
    private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3");

    private static final List<AddressRange> NOT_GLOBAL_UNICAST = Stream.of(
                    "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")
            .map(AddressRange::parse)
            .toList();
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    PublicAddressPolicy {
        allowed = List.copyOf(allowed);
    }

    @Override
    public boolean allows(InetAddress address) {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return true;
        }
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return allows(ipv4(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return allows(ipv4(bytes, 2));
        }
        // IPv4-mapped addresses do not occur here: InetAddress converts them to Inet4Address.
        return GLOBAL_UNICAST.contains(address)
                && NOT_GLOBAL_UNICAST.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }
}
