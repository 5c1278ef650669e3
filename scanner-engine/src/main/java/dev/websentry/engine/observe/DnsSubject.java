package dev.websentry.engine.observe;

import java.util.List;
import java.util.Optional;

/**
 * Which names the DNS is asked about.
 *
 * @param host the requested host, when the public DNS has a say in it: neither an address nor a single label nor a
 *     special-use name
 * @param mailDomain the domain whose mail is judged: as configured, else the organisational domain of the host
 * @param dkimSelectors as configured; empty: the usual ones are tried
 * @param controlSelector a DKIM selector made up at random, which answers only where a wildcard does
 */
public record DnsSubject(
        Optional<String> host, Optional<String> mailDomain, List<String> dkimSelectors, String controlSelector) {
    /** Nothing to ask about. */
    public static final DnsSubject NONE = new DnsSubject(Optional.empty(), Optional.empty(), List.of(), "");

    public DnsSubject {
        dkimSelectors = List.copyOf(dkimSelectors);
    }
}
