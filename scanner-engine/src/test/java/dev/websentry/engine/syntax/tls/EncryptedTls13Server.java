package dev.websentry.engine.syntax.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Produces the flight of a TLS 1.3 server with real encryption and arbitrary handshake content. */
public final class EncryptedTls13Server {
    private static final int MAX_PLAINTEXT = 1 << 14;
    private static final int KEY_BYTES = 32;

    private EncryptedTls13Server() {}

    /** Returns a ServerHello and the given handshake content, encrypted in as many records as required. */
    public static byte[] respond(ClientHello hello, byte[] content) throws GeneralSecurityException {
        return respond(hello, CipherSuite.of(0x1301), content, 0);
    }

    /**
     * Returns a ServerHello and encrypted handshake content.
     *
     * @param suite cipher suite with GCM or ChaCha20
     * @param content handshake content
     * @param padding number of padding zeros in each record (RFC 8446 section 5.4)
     */
    static byte[] respond(ClientHello hello, CipherSuite suite, byte[] content, int padding)
            throws GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] serverHello = serverHello(suite, ((XECPublicKey) keys.getPublic()).getU());
        byte[] shared = shared(keys, hello.keyShares().get(0).key().toByteArray());
        byte[] transcript = new ByteWriter()
                .bytes(hello.toHandshakeMessage())
                .bytes(serverHello)
                .toBytes();
        byte[] traffic = trafficSecret(suite, shared, transcript);
        ByteWriter out = new ByteWriter().number(1, 22).number(2, 0x0303).vector(2, serverHello);
        for (int from = 0, sequence = 0; from < content.length; from += MAX_PLAINTEXT, sequence++) {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + MAX_PLAINTEXT));
            byte[] inner = new ByteWriter()
                    .bytes(part)
                    .number(1, 22)
                    .bytes(new byte[padding])
                    .toBytes();
            byte[] header = new ByteWriter()
                    .number(1, 23)
                    .number(2, 0x0303)
                    .number(2, inner.length + 16)
                    .toBytes();
            out.bytes(header).bytes(sealed(suite, traffic, sequence, header, inner));
        }
        return out.toBytes();
    }

    private static byte[] serverHello(CipherSuite suite, BigInteger u) {
        byte[] share = new ByteWriter()
                .number(2, NamedGroup.X25519.code())
                .vector(2, littleEndian(u))
                .toBytes();
        byte[] extensions = new ByteWriter()
                .number(2, 43)
                .vector(2, new byte[] {3, 4})
                .number(2, 51)
                .vector(2, share)
                .toBytes();
        byte[] body = new ByteWriter()
                .number(2, 0x0303)
                .bytes(new byte[32])
                .vector(1, new byte[0])
                .number(2, suite.code())
                .number(1, 0)
                .vector(2, extensions)
                .toBytes();
        return new ByteWriter().number(1, 2).vector(3, body).toBytes();
    }

    /** Derives the traffic secret (RFC 8446 section 7.1) with a different library than the production code. */
    private static byte[] trafficSecret(CipherSuite suite, byte[] shared, byte[] transcript)
            throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(isSha384(suite) ? "SHA-384" : "SHA-256");
        int length = digest.getDigestLength();
        HKDFBytesGenerator hkdf = hkdf(suite);
        byte[] early = hkdf.extractPRK(new byte[length], new byte[length]);
        byte[] handshake = hkdf.extractPRK(expand(suite, early, "derived", digest.digest(), length), shared);
        return expand(suite, handshake, "s hs traffic", digest.digest(transcript), length);
    }

    private static boolean isSha384(CipherSuite suite) {
        return suite.code() == 0x1302;
    }

    private static HKDFBytesGenerator hkdf(CipherSuite suite) {
        return new HKDFBytesGenerator(isSha384(suite) ? new SHA384Digest() : new SHA256Digest());
    }

    private static byte[] expand(CipherSuite suite, byte[] secret, String label, byte[] context, int length) {
        byte[] info = new ByteWriter()
                .number(2, length)
                .vector(1, ("tls13 " + label).getBytes(StandardCharsets.US_ASCII))
                .vector(1, context)
                .toBytes();
        HKDFBytesGenerator hkdf = hkdf(suite);
        hkdf.init(HKDFParameters.skipExtractParameters(secret, info));
        byte[] out = new byte[length];
        hkdf.generateBytes(out, 0, length);
        return out;
    }

    private static byte[] sealed(CipherSuite suite, byte[] traffic, int sequence, byte[] header, byte[] inner)
            throws GeneralSecurityException {
        byte[] nonce = expand(suite, traffic, "iv", new byte[0], 12);
        nonce[11] ^= (byte) sequence;
        nonce[10] ^= (byte) (sequence >>> 8);
        boolean chacha = suite.code() == 0x1303;
        byte[] key = expand(suite, traffic, "key", new byte[0], suite.code() == 0x1301 ? 16 : 32);
        Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, chacha ? "ChaCha20" : "AES"),
                chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(inner);
    }

    private static byte[] shared(KeyPair keys, byte[] client) throws GeneralSecurityException {
        BigInteger u = new BigInteger(1, reversed(client)).clearBit(255);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
                true);
        return agreement.generateSecret();
    }

    private static byte[] littleEndian(BigInteger u) {
        byte[] big = u.toByteArray();
        byte[] padded = new byte[KEY_BYTES];
        int from = Math.max(0, big.length - KEY_BYTES);
        System.arraycopy(big, from, padded, KEY_BYTES - (big.length - from), big.length - from);
        return reversed(padded);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
