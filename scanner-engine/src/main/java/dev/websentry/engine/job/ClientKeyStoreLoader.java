package dev.websentry.engine.job;

import dev.websentry.engine.config.ClientIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Loads the client key and certificates for mutual TLS from a PKCS #12 or JKS key store. */
final class ClientKeyStoreLoader {
    private ClientKeyStoreLoader() {}

    /** Thrown when the password is wrong. Distinguished from other errors because the password is a separate option. */
    static final class WrongPasswordException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongPasswordException(String message) {
            super(message);
        }
    }

    /**
     * Loads the only private key of a key store, with its certificate chain.
     *
     * @param password the password of the key store and the key; empty for none
     * @throws WrongPasswordException if the password does not open the key store or the key
     * @throws IllegalArgumentException if the key store does not contain exactly one private key; the message contains
     *     the file
     */
    static ClientIdentity load(String file, String password) {
        byte[] bytes = OptionFileLoader.readBytes(file);
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
            throw new IllegalArgumentException(
                    "\"" + file + "\" is a PEM file; use a PKCS #12 or JKS key store, for example"
                            + " created by: openssl pkcs12 -export -in cert.pem -inkey key.pem");
        }
        char[] secret = password.toCharArray();
        try {
            KeyStore store = load(file, bytes, secret);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("\"" + file + "\" contains no private key, only certificates");
            }
            if (keys.size() > 1) {
                throw new IllegalArgumentException("\"" + file + "\" contains " + keys.size() + " private keys ("
                        + String.join(", ", keys) + "); use a key store with one");
            }
            return identity(file, store, keys.get(0), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot use \"" + file + "\": " + e.getMessage(), e);
        }
    }

    private static KeyStore load(String file, byte[] bytes, char[] secret) throws GeneralSecurityException {
        // JKS files start with these magic bytes; a PKCS #12 file (RFC 7292) is DER and never does.
        boolean jks = bytes.length > 4 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xed;
        KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), secret);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new WrongPasswordException(
                        secret.length == 0
                                ? "\"" + file + "\" requires a password"
                                : "wrong password for \"" + file + "\"");
            }
            throw new IllegalArgumentException("\"" + file + "\" is neither a PKCS #12 nor a JKS key store", e);
        }
    }

    private static ClientIdentity identity(String file, KeyStore store, String alias, char[] secret)
            throws GeneralSecurityException {
        Certificate[] chain = store.getCertificateChain(alias);
        try {
            if (store.getKey(alias, secret) instanceof PrivateKey key && chain != null && chain.length > 0) {
                List<X509Certificate> certificates = new ArrayList<>();
                for (Certificate certificate : chain) {
                    certificates.add((X509Certificate) certificate);
                }
                return new ClientIdentity(key, certificates);
            }
        } catch (UnrecoverableKeyException e) {
            throw new WrongPasswordException("the password opens \"" + file + "\", but the key \"" + alias
                    + "\" has a different password; use the same password for both");
        }
        throw new IllegalArgumentException("\"" + file + "\" contains no private key with a certificate");
    }
}
