package dev.websentry.engine.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Keeps the scan of a public target on public addresses. The scan of a target without a public address may connect to
 * every address, because the user named a private network.
 *
 * @param publicAddresses decides which addresses are public
 */
record TargetNetworkPolicy(AddressPolicy publicAddresses) implements AddressPolicy {
    /** Without knowledge of the target, only public addresses are allowed. */
    @Override
    public boolean allows(InetAddress address) {
        return publicAddresses.allows(address);
    }

    @Override
    public AddressPolicy forTarget(List<InetAddress> addresses) {
        boolean isPublic = addresses.isEmpty() || addresses.stream().anyMatch(publicAddresses::allows);
        return isPublic ? this : ALLOW_ALL;
    }

    @Override
    public AddressPolicy forPrivateTarget() {
        return ALLOW_ALL;
    }

    /** The user named the addresses of the overrides, whatever the target leads to. */
    @Override
    public boolean allowsResolveOverrides() {
        return true;
    }

    @Override
    public String refusalReason(InetAddress address) {
        return address.getHostAddress() + " is not a public address, but the target is public;"
                + " the option allowPrivateAddresses permits the connection";
    }
}
