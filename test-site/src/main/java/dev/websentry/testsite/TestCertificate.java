package dev.websentry.testsite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * A certificate with its private key and its issuers.
 *
 * @param key private key
 * @param certificate the certificate
 * @param issuers issuers of the certificate, the root last; empty for a self-signed certificate
 */
public record TestCertificate(PrivateKey key, X509Certificate certificate, List<X509Certificate> issuers) {
    public TestCertificate {
        issuers = List.copyOf(issuers);
    }

    /**
     * Creates a self-signed root CA.
     *
     * @param name common name
     */
    public static TestCertificate root(String name) {
        return new TestCertificateBuilder("CN=" + name).certificateAuthority().selfSigned();
    }

    /**
     * Returns a builder for a server certificate that this CA issues.
     *
     * @param names DNS names and IP addresses
     */
    public TestCertificateBuilder issue(String... names) {
        return new TestCertificateBuilder("CN=" + (names.length == 0 ? "server" : names[0]))
                .names(names)
                .issuedBy(this);
    }

    /**
     * Returns a builder for an intermediate CA that this CA issues.
     *
     * @param name common name
     */
    public TestCertificateBuilder issueIntermediate(String name) {
        return new TestCertificateBuilder("CN=" + name).certificateAuthority().issuedBy(this);
    }

    /**
     * Returns the chain that a correctly configured server sends: this certificate and the intermediates, without the
     * root.
     */
    public List<X509Certificate> servedChain() {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        if (!issuers.isEmpty()) {
            chain.addAll(issuers.subList(0, issuers.size() - 1));
        }
        return chain;
    }

    /** Returns the root of the chain. */
    public X509Certificate rootCertificate() {
        return issuers.isEmpty() ? certificate : issuers.get(issuers.size() - 1);
    }

    /** Returns the TLS context of a server that sends {@link #servedChain()}. */
    public SSLContext serverContext() {
        return serverContext(servedChain());
    }

    /** Returns the TLS context of a server that sends an arbitrary chain. */
    public SSLContext serverContext(List<X509Certificate> served) {
        return serverContext(served, null);
    }

    /**
     * Returns the TLS context of a server that sends {@link #servedChain()} and accepts client certificates of a CA.
     */
    public SSLContext serverContext(TestCertificate clientAuthority) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("clients", clientAuthority.certificate());
            TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(trusted);
            return serverContext(servedChain(), managers.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext serverContext(
            List<X509Certificate> served, TrustManager @org.jspecify.annotations.Nullable [] trust) {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
            managers.init(store(served, new char[0], "PKCS12"), new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the contents of a key store file with the key and the served chain.
     *
     * @param type {@code PKCS12} or {@code JKS}
     * @param password password of the file and of the key
     */
    public byte[] keyStore(String type, String password) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            store(servedChain(), password.toCharArray(), type).store(file, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        return file.toByteArray();
    }

    private KeyStore store(List<X509Certificate> served, char[] password, String type) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            store.setKeyEntry("server", key, password, served.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the served chain in PEM format. */
    public String chainPem() {
        return pem(servedChain().toArray());
    }

    /** Returns the private key in PEM format (PKCS #8). */
    public String keyPem() {
        return pem(new org.bouncycastle.openssl.PKCS8Generator(
                org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(key.getEncoded()), null));
    }

    /** Returns the root certificate in PEM format, for the option {@code caCertificates}. */
    public String rootPem() {
        return pem(rootCertificate());
    }

    private static String pem(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : Stream.of(objects).toList()) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
