package dev.websentry.engine.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Decides which IP addresses a scan may connect to. It is consulted for every resolved address before every connection.
 */
@FunctionalInterface
public interface AddressPolicy {
    /** Allows every address; for trusted targets only. */
    AddressPolicy ALLOW_ALL = address -> true;

    /** Allows addresses of the public Internet only; for servers that accept URLs from untrusted users. */
    AddressPolicy PUBLIC_ONLY = publicAddressesAnd(List.of());

    /**
     * Allows public addresses only if the target has a public address, and every address otherwise. For builds: a
     * public site cannot lead them into their own network, and they can still scan their own staging hosts.
     */
    AddressPolicy PUBLIC_STAYS_PUBLIC = publicStaysPublic(PUBLIC_ONLY);

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

    /**
     * Creates a policy that keeps the scan of a public target on public addresses.
     *
     * @param publicAddresses decides which addresses are public
     * @return the policy
     */
    static AddressPolicy publicStaysPublic(AddressPolicy publicAddresses) {
        return new TargetNetworkPolicy(publicAddresses);
    }

    /**
     * Returns the policy for the scan of one target.
     *
     * @param addresses the addresses of the target; empty if they are unknown
     * @return the policy; this one if it does not depend on the target
     */
    default AddressPolicy forTarget(List<InetAddress> addresses) {
        return this;
    }

    /**
     * Returns the policy for the scan of a target that is private by its name, such as a single label.
     *
     * @return the policy; this one if it does not depend on the target
     */
    default AddressPolicy forPrivateTarget() {
        return this;
    }

    /** Returns whether a connection is also allowed if its host, port and address are those of a resolve override. */
    default boolean allowsResolveOverrides() {
        return false;
    }

    /**
     * Returns why an address is refused, as a phrase for people.
     *
     * @param address an address that this policy does not allow
     * @return the reason, with the address
     */
    default String refusalReason(InetAddress address) {
        return describe(address) + " is not a public address";
    }

    /**
     * Returns what results call a refused address. A service can hide the addresses of internal names from its users.
     *
     * @param address an address that this policy does not allow
     * @return the address, or a phrase in its place
     */
    default String describe(InetAddress address) {
        return String.valueOf(address.getHostAddress());
    }
}
