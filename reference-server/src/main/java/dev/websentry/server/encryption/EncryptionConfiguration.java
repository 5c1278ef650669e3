package dev.websentry.server.encryption;

import dev.websentry.server.database.PrivateFiles;
import dev.websentry.server.settings.StartupFailureException;
import dev.websentry.server.settings.WebSentryProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.keygen.KeyGenerators;

/** Reads the keys from the settings or from the key file, which the first start creates. */
@Configuration(proxyBeanMethods = false)
public class EncryptionConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(EncryptionConfiguration.class);
    private static final int KEY_BYTES = 32;

    @Bean
    SecretCipher secretCipher(WebSentryProperties settings) {
        List<String> keys = settings.encryption().keys();
        if (!keys.isEmpty()) {
            return new SecretCipher(keys);
        }
        Path file = keyFile(settings);
        if (settings.db().url() != null) {
            LOG.warn(
                    "websentry.encryption.keys is not set, so that this server uses {}; all servers of one database"
                            + " need the same key",
                    file);
        }
        return new SecretCipher(List.of(readOrCreate(settings.dataDir(), file)));
    }

    /** Returns the file with the key, which is used if the settings contain none. */
    public static Path keyFile(WebSentryProperties settings) {
        return settings.dataDir().resolve("websentry.key");
    }

    private static String readOrCreate(Path directory, Path file) {
        try {
            if (!Files.exists(file)) {
                PrivateFiles.createDirectories(directory);
                create(file);
            }
            PrivateFiles.restrict(file);
            String key = Files.readString(file).strip();
            if (Base64.getDecoder().decode(key).length != KEY_BYTES) {
                throw new IllegalArgumentException("wrong length");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "websentry.data-dir is '" + directory + "': cannot read or create the key file", e);
        } catch (IllegalArgumentException e) {
            throw new StartupFailureException(
                    file + " does not contain a key of " + KEY_BYTES + " bytes in Base64",
                    "Restore the file from a copy, or set websentry.encryption.keys.",
                    e);
        }
    }

    /** Writes a new key to a temporary file first, so that a crash cannot leave half of a key. */
    private static void create(Path file) throws IOException {
        Path temporary = file.resolveSibling("websentry.key.tmp");
        PrivateFiles.createFile(temporary);
        byte[] key = KeyGenerators.secureRandom(KEY_BYTES).generateKey();
        Files.writeString(temporary, Base64.getEncoder().encodeToString(key) + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
