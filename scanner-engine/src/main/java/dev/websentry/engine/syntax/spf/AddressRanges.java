package dev.websentry.engine.syntax.spf;

import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of IPv4 and IPv6 addresses as disjoint ranges. It is mutable while a record is evaluated. IPv6 addresses are
 * the numbers from 0, IPv4 addresses follow above 2 to the power of 128.
 */
final class AddressRanges {
    private static final BigInteger IPV4 = BigInteger.ONE.shiftLeft(128);
    private static final BigInteger IPV4_SIZE = BigInteger.ONE.shiftLeft(32);
    /** 2000::/3, the only range from which global unicast addresses are assigned (RFC 4291 section 2.4, IANA). */
    private static final BigInteger GLOBAL_IPV6 = BigInteger.ONE.shiftLeft(125);

    private final NavigableMap<BigInteger, BigInteger> lastByFirst = new TreeMap<>();

    private AddressRanges() {}

    static AddressRanges none() {
        return new AddressRanges();
    }

    static AddressRanges all() {
        AddressRanges ranges = new AddressRanges();
        ranges.lastByFirst.put(BigInteger.ZERO, IPV4.add(IPV4_SIZE).subtract(BigInteger.ONE));
        return ranges;
    }

    /**
     * Adds a network.
     *
     * @param address an address of the network as text; a text that is not an address adds nothing
     * @param ipv4PrefixLength the prefix length if it is an IPv4 address
     * @param ipv6PrefixLength the prefix length if it is an IPv6 address
     */
    void addNetwork(String address, int ipv4PrefixLength, int ipv6PrefixLength) {
        boolean ipv4 = SpfNetworkParser.isIpv4Address(address);
        if (!ipv4 && !SpfNetworkParser.isIpv6Address(address)) {
            return;
        }
        BigInteger number = ipv4 ? IPV4.add(ipv4(address)) : ipv6(address);
        int hostBits = ipv4 ? 32 - ipv4PrefixLength : 128 - ipv6PrefixLength;
        BigInteger first = number.shiftRight(hostBits).shiftLeft(hostBits);
        BigInteger last = first.add(BigInteger.ONE.shiftLeft(hostBits)).subtract(BigInteger.ONE);
        AddressRanges known = new AddressRanges();
        known.lastByFirst.put(first, last);
        take(known);
        lastByFirst.put(first, last);
    }

    /** Adds all addresses of another set, which must have none in common with this one. */
    void addDisjoint(AddressRanges others) {
        lastByFirst.putAll(others.lastByFirst);
    }

    /** Removes the addresses of another set from this one, and returns those that were removed. */
    AddressRanges take(AddressRanges others) {
        AddressRanges taken = new AddressRanges();
        others.lastByFirst.forEach((first, last) -> take(first, last, taken));
        return taken;
    }

    private void take(BigInteger first, BigInteger last, AddressRanges taken) {
        Map.Entry<BigInteger, BigInteger> next = lastByFirst.floorEntry(first);
        if (next == null || next.getValue().compareTo(first) < 0) {
            next = lastByFirst.higherEntry(first);
        }
        while (next != null && next.getKey().compareTo(last) <= 0) {
            BigInteger from = next.getKey();
            BigInteger to = next.getValue();
            lastByFirst.remove(from);
            if (from.compareTo(first) < 0) {
                lastByFirst.put(from, first.subtract(BigInteger.ONE));
            }
            if (to.compareTo(last) > 0) {
                lastByFirst.put(last.add(BigInteger.ONE), to);
            }
            taken.lastByFirst.put(from.max(first), to.min(last));
            next = lastByFirst.higherEntry(to.min(last));
        }
    }

    /** Returns the share of each address space that the set covers. */
    SpfAuthorizedShare share() {
        return new SpfAuthorizedShare(share(IPV4, IPV4_SIZE), share(GLOBAL_IPV6, GLOBAL_IPV6));
    }

    private double share(BigInteger start, BigInteger size) {
        BigInteger end = start.add(size).subtract(BigInteger.ONE);
        BigInteger covered = BigInteger.ZERO;
        for (Map.Entry<BigInteger, BigInteger> range : lastByFirst.entrySet()) {
            BigInteger from = range.getKey().max(start);
            BigInteger to = range.getValue().min(end);
            if (from.compareTo(to) <= 0) {
                covered = covered.add(to.subtract(from)).add(BigInteger.ONE);
            }
        }
        return covered.doubleValue() / size.doubleValue();
    }

    private static BigInteger ipv4(String address) {
        BigInteger number = BigInteger.ZERO;
        for (String octet : address.split("\\.", -1)) {
            number = number.shiftLeft(8).add(new BigInteger(octet));
        }
        return number;
    }

    private static BigInteger ipv6(String address) {
        int quad = address.lastIndexOf(':') + 1;
        BigInteger low = BigInteger.ZERO;
        String text = address;
        if (address.indexOf('.') >= 0) {
            low = ipv4(address.substring(quad));
            text = address.substring(0, quad) + "0:0";
        }
        int gap = text.indexOf("::");
        String head = gap < 0 ? text : text.substring(0, gap);
        String tail = gap < 0 ? "" : text.substring(gap + 2);
        int headGroups = head.isEmpty() ? 0 : head.split(":", -1).length;
        return groups(head).shiftLeft(16 * (8 - headGroups)).add(groups(tail)).add(low);
    }

    private static BigInteger groups(String text) {
        BigInteger number = BigInteger.ZERO;
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            number = number.shiftLeft(16).add(new BigInteger(group, 16));
        }
        return number;
    }
}
