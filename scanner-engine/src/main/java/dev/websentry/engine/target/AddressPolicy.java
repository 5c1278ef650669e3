package dev.websentry.engine.target;

import java.net.InetAddress;
import java.util.List;

/** Which addresses a scan may dial. Asked on every resolved address, before every connection. */
@FunctionalInterface
public interface AddressPolicy {
    /** For a build that scans its own staging hosts. */
    AddressPolicy ANYTHING = address -> true;

    /** For a server that strangers give URLs to: nothing that is not on the public Internet. */
    AddressPolicy PUBLIC_ONLY = new PublicAddresses(List.of());

    boolean allows(InetAddress address);

    /** Public addresses, and those in the given ranges. */
    static AddressPolicy publicAnd(List<AddressRange> allowed) {
        return new PublicAddresses(allowed);
    }
}
