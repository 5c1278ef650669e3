package dev.websentry.engine.probe.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.DnsScope;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsScopeResolverTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "intranet",
                "localhost",
                "app.localhost",
                "shop.test",
                "shop.invalid",
                "shop.example",
                "printer.local",
                "db.internal",
                "abc.onion",
                "name.alt",
                "nas.home.arpa",
                "192.0.2.1",
                "[2001:db8::1]"
            })
    void nonPublicHostsAreNotQueried(String host) {
        DnsScope subject = DnsScopeResolver.resolve(Target.parse(host), ScanOptions.defaults());
        assertEquals(Optional.empty(), subject.host());
        assertEquals(Optional.empty(), subject.mailDomain());
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "www.example.net, example.net",
        "example.org, example.org",
        "mylocal.de, mylocal.de",
        "contest.dev, contest.dev",
        "local.example.com, example.com",
        "www.notlocalhost.com, notlocalhost.com"
    })
    void namesThatOnlyContainASpecialLabelAreQueried(String host, String domain) {
        DnsScope subject = DnsScopeResolver.resolve(Target.parse(host), ScanOptions.defaults());
        assertEquals(Optional.of(host), subject.host());
        assertEquals(Optional.of(domain), subject.mailDomain());
    }
}
