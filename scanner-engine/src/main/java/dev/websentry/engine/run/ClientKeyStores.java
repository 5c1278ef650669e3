package dev.websentry.engine.run;

import dev.websentry.engine.target.ClientIdentity;
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

/** Key stores with the client's key for mutual TLS: PKCS #12 and JKS. */
final class ClientKeyStores {
    private ClientKeyStores() {}

    /** The password does not fit, which is another option's fault than the file's. */
    static final class WrongPassword extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongPassword(String message) {
            super(message);
        }
    }

    /**
     * The one key of a store, with its certificates.
     *
     * @param password empty for none
     * @throws WrongPassword when it does not open the store or the key
     * @throws IllegalArgumentException when there is no such key, or more than one; the message names the file
     */
    static ClientIdentity read(String file, String password) {
        byte[] bytes = OptionFiles.read(file);
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
            throw new IllegalArgumentException(
                    "'" + file
                            + "' is PEM: expected PKCS #12 or JKS, as 'openssl pkcs12 -export -in cert.pem -inkey key.pem' makes it");
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
                throw new IllegalArgumentException("'" + file + "' holds no private key, only certificates");
            }
            if (keys.size() > 1) {
                throw new IllegalArgumentException("'" + file + "' holds " + keys.size() + " private keys ("
                        + String.join(", ", keys) + "): expected a store with one");
            }
            return identity(file, store, keys.get(0), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(String file, byte[] bytes, char[] secret) throws GeneralSecurityException {
        // RFC 7292 is DER, which never begins like this; the JDK's own format always does.
        boolean jks = bytes.length > 4 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xed;
        KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), secret);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new WrongPassword(
                        secret.length == 0 ? "'" + file + "' needs a password" : "does not open '" + file + "'");
            }
            throw new IllegalArgumentException("'" + file + "' is neither a PKCS #12 nor a JKS key store", e);
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
            throw new WrongPassword("opens '" + file + "', but the key '" + alias
                    + "' in it has a password of its own: expected the same for both");
        }
        throw new IllegalArgumentException("'" + file + "' holds no private key with a certificate");
    }
}
