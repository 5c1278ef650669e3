package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests features that only Maven 4 has. */
class Maven4IT {
    private static final String KEY = "ss_encrypted-key-0123456789";

    /** The API key encrypted by mvnenc of Maven 4.0.0-rc-5 with the master password of this test. */
    private static final String ENCRYPTED_KEY = "{[name=master,cipher=AES/GCM/NoPadding,version=4.1]"
            + "DgOFUH4EMQGol54+rLiAcxTGuatBgVkTMdbQr/o4Xidki24vZL1227mKVyiaHQ5DL+QSqJXmPT4qmEGZLfshvt2PQUTDiT0=}";

    private static final String SECURITY = """
            <settingsSecurity xmlns="http://codehaus-plexus.github.io/plexus-sec-dispatcher/4.0.0">
              <defaultDispatcher>master</defaultDispatcher>
              <configurations>
                <configuration>
                  <name>master</name>
                  <properties>
                    <property><name>source</name><value>env:WEBSENTRY_TEST_MASTER</value></property>
                    <property><name>cipher</name><value>AES/GCM/NoPadding</value></property>
                  </properties>
                </configuration>
              </configurations>
            </settingsSecurity>
            """;

    @TempDir
    private Path folder;

    @Test
    void apiKeyEncryptedByMvnencIsSentToTheServerButNotPrinted() throws Exception {
        Path security = Files.writeString(folder.resolve("settings-security4.xml"), SECURITY);
        try (TestSite api = TestSite.http(StubApi::answer)) {
            MavenRun run = maven4().withSettings("<servers><server><id>websentry</id><password>" + ENCRYPTED_KEY
                            + "</password></server></servers>")
                    .with("WEBSENTRY_TEST_MASTER", "abcdefg")
                    .scan(
                            folder,
                            "-X",
                            "-Dmaven.settings.security=" + security,
                            "-Dwebsentry.url=example.com",
                            "-Dwebsentry.server=http://127.0.0.1:" + api.port(),
                            "-Dwebsentry.serverId=websentry");
            assertEquals(0, run.exitCode(), run.console());
            assertEquals(KEY, TestSite.header(api.takeRequest(), "Authorization"));
            assertFalse(run.console().contains(KEY), "the key is on the console");
        }
    }

    private static MavenDistribution maven4() throws IOException {
        return MavenDistribution.others().stream()
                .filter(maven -> maven.toString().startsWith("apache-maven-4"))
                .findFirst()
                .orElseThrow();
    }
}
