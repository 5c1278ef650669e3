package dev.websentry.engine.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Decides which IP addresses a scan may connect to. It is consulted for every resolved address before every connection.
 */
@FunctionalInterface
public interface AddressPolicy {
    /** Allows every address; for builds that scan their own staging hosts. */
    AddressPolicy ALLOW_ALL = address -> true;

    /** Allows addresses of the public Internet only; for servers that accept URLs from untrusted users. */
    AddressPolicy PUBLIC_ONLY = new PublicAddressPolicy(List.of());

    /**
     * Returns whether a scan may connect to an address.
     *
     * @param address the resolved address
     * @return true if connections to the address are allowed
     */
    boolean allows(InetAddress address);

    /**
     * Creates a policy that allows public addresses and the addresses in the given ranges.
     *
     * @param allowed additional ranges, such as a private network to be scanned
     * @return the policy
     */
    static AddressPolicy publicAddressesAnd(List<AddressRange> allowed) {
        return new PublicAddressPolicy(allowed);
    }
}
