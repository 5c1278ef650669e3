package dev.websentry.testsite.demo;

import dev.websentry.testsite.dns.TestDnsServer;
import dev.websentry.testsite.dns.TestZone;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DNS server on loopback for {@link WellConfiguredSite} and {@link DemoSite}, with a private root zone. The zone example.com is
 * signed and well configured; example.org has common problems.
 *
 * @param dns the server
 * @param trustAnchor DS record of the private root zone, for the option {@code trustAnchor}
 */
public record LoopbackDns(TestDnsServer dns, String trustAnchor) implements AutoCloseable {
    private static final int MAX_STRING_LENGTH = 200;

    /** Starts the server. */
    public static LoopbackDns start() {
        return start(List.of());
    }

    /**
     * Starts the server.
     *
     * @param hosts additional host names in example.com
     */
    public static LoopbackDns start(List<String> hosts) {
        Instant now = Instant.now();
        String more = hosts.stream().map(host -> host + ". A 127.0.0.1\n").collect(Collectors.joining());
        TestZone good =
                TestZone.of("example.com.", """
                        @ MX 10 mx.example.com.
                        @ A 127.0.0.1
                        @ TXT "v=spf1 mx -all"
                        @ CAA 0 issue "ca.example.net"
                        www A 127.0.0.1
                        mx A 127.0.0.1
                        _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
                        """ + dkim("default", 2048) + more).signed(now);
        if (!hosts.isEmpty()) {
            good.presign();
        }
        // SPF that rejects nothing, DMARC policy "none", a short DKIM key, no CAA record, no DNSSEC.
        TestZone bad = TestZone.of("example.org.", """
                        @ MX 10 mx.example.org.
                        @ A 127.0.0.1
                        @ TXT "v=spf1 a mx ptr ?all"
                        shop A 127.0.0.1
                        mx A 127.0.0.1
                        _dmarc TXT "v=DMARC1; p=none"
                        """ + dkim("default", 1024));
        TestZone com = TestZone.of("com.", "").delegate(good).signed(now);
        TestZone org = TestZone.of("org.", "").delegate(bad).signed(now);
        TestZone top = TestZone.of(".", "").delegate(com).delegate(org).signed(now);
        return new LoopbackDns(
                TestDnsServer.serving(top, com, org, good, bad), top.ds().toString());
    }

    /** Returns the address of the server, for the option {@code dnsServers}. */
    public String server() {
        return dns.server();
    }

    /** Nobody verifies a signature with this key, so a random modulus does and no prime numbers are searched. */
    private static String dkim(String selector, int bits) {
        try {
            BigInteger modulus =
                    new BigInteger(bits, new SecureRandom()).setBit(bits - 1).setBit(0);
            String key = Base64.getEncoder()
                    .encodeToString(KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4))
                            .getEncoded());
            return selector + "._domainkey TXT \"v=DKIM1; k=rsa; p=" + key.substring(0, MAX_STRING_LENGTH) + "\" \""
                    + key.substring(MAX_STRING_LENGTH) + "\"\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }

    @Override
    public void close() {
        dns.close();
    }
}
