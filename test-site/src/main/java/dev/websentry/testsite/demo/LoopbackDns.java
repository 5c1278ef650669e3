package dev.websentry.testsite.demo;

import dev.websentry.testsite.dns.TestDns;
import dev.websentry.testsite.dns.TestZone;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The DNS of {@link GoodSite} and {@link DemoSite} on loopback, from a private root down: example.com is signed and says all
 * that a domain should, example.org has the mistakes of every day.
 *
 * @param trustAnchor the private root's DS record, as the option of that name wants it
 */
public record LoopbackDns(TestDns dns, String trustAnchor) implements AutoCloseable {
    private static final int RECORD_STRING = 200;

    public static LoopbackDns start() {
        return start(List.of());
    }

    /** @param hosts more names of example.com that have an address */
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
            good.ahead();
        }
        // A record that sends nothing away, a policy that does nothing, a short key, no CAA, no signatures.
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
                TestDns.serving(top, com, org, good, bad), top.ds().toString());
    }

    /** As the option {@code dnsServers} wants it. */
    public String server() {
        return dns.server();
    }

    private static String dkim(String selector, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            String key = Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
            return selector + "._domainkey TXT \"v=DKIM1; k=rsa; p=" + key.substring(0, RECORD_STRING) + "\" \""
                    + key.substring(RECORD_STRING) + "\"\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }

    @Override
    public void close() {
        dns.close();
    }
}
