package dev.websentry.engine.pki;

import dev.websentry.testsite.TestCertificate;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** Generates certificate chains with zero to four peculiarities. The same seed gives the same peculiarities. */
final class RandomChains {
    private static final List<String> HOSTS = List.of(
            "www.example.com", "example.com", "*.example.com", "a.www.example.com", "WWW.Example.COM", "other.test");
    private static final List<String> DNS_BASES = List.of(
            "example.com", "www.example.com", ".example.com", "com", "other.test", "EXAMPLE.com", "ample.com", "");
    private static final List<String> ADDRESSES = List.of("192.0.2.7", "198.51.100.1", "2001:db8::1", "2001:db9::1");
    /** Addresses and masks: 192.0.2.0/24, 0.0.0.0/0, 198.51.100.0/24, 2001:db8::/32, ::/0, and one that is too short. */
    private static final List<String> NETWORKS = List.of(
            "c0000200ffffff00",
            "0000000000000000",
            "c6336400ffffff00",
            "20010db8000000000000000000000000ffffffff000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "c00002ff");

    private static final List<String> DIRECTORIES =
            List.of("O=Example", "O=EXAMPLE", "O=Other", "O=Example,OU=Web", "CN=www.example.com", "C=DE");
    private static final List<String> MAILS = List.of("a@example.com", "b@www.example.com", "a@other.test");
    private static final List<String> MAIL_BASES =
            List.of("a@example.com", "example.com", ".example.com", "other.test");
    private static final List<String> POLICIES =
            List.of("1.3.6.1.4.1.55555.2.1", "1.3.6.1.4.1.55555.2.2", "2.5.29.32.0");
    private static final List<KeyPurposeId> PURPOSES = List.of(
            KeyPurposeId.id_kp_serverAuth,
            KeyPurposeId.id_kp_clientAuth,
            KeyPurposeId.id_kp_codeSigning,
            KeyPurposeId.anyExtendedKeyUsage);
    private static final List<Integer> USAGES = List.of(
            KeyUsage.keyCertSign,
            KeyUsage.cRLSign,
            KeyUsage.digitalSignature,
            KeyUsage.digitalSignature | KeyUsage.keyCertSign,
            KeyUsage.keyEncipherment,
            KeyUsage.keyAgreement);

    private final Random random;
    /** New keys for each certificate would take most of the time. */
    private final List<KeyPair> pool =
            IntStream.range(0, 12).mapToObj(i -> CertificateSpec.newKeys()).toList();

    RandomChains(long seed) {
        this.random = new Random(seed);
    }

    /**
     * A generated chain.
     *
     * @param served what a server sends, the leaf first
     * @param anchor the trusted root
     * @param description the peculiarities
     */
    record GeneratedChain(List<X509Certificate> served, X509Certificate anchor, String description) {}

    /** Returns the next chain that the JDK can parse; the engine does not see others. */
    GeneratedChain next() {
        while (true) {
            try {
                return generate();
            } catch (IllegalStateException e) {
                // For example an empty URI constraint.
                continue;
            }
        }
    }

    private GeneratedChain generate() {
        List<String> notes = new ArrayList<>();
        List<CertificateSpec> specs = new ArrayList<>();
        specs.add(CertificateSpec.authority("O=Example,CN=Root").keys(pool.get(0)));
        int intermediates = random.nextInt(4);
        for (int i = 1; i <= intermediates; i++) {
            String name = pick(List.of("O=Example,CN=Issuer " + i, "CN=ca" + i + ".example.com", "CN=Same"));
            specs.add(CertificateSpec.authority(name).keys(pool.get(i)));
        }
        specs.add(
                CertificateSpec.leaf("O=Example,CN=" + pick(HOSTS), pick(HOSTS)).keys(pool.get(5)));
        for (int count = random.nextInt(5); count > 0; count--) {
            int index = random.nextInt(specs.size());
            notes.add(index + ":" + mutate(specs, index));
        }
        List<TestCertificate> built = new ArrayList<>();
        built.add(specs.get(0).selfSigned());
        List<X509Certificate> served = new ArrayList<>();
        for (int i = 1; i < specs.size(); i++) {
            TestCertificate issuer = built.get(i - 1);
            boolean forged = random.nextInt(60) == 0;
            built.add(forged ? specs.get(i).forgedBy(issuer) : specs.get(i).issuedBy(issuer));
            notes.add(forged ? i + ":forged" : "");
            if (i < specs.size() - 1 && random.nextInt(5) == 0) {
                String twin = mutate(specs, i);
                served.add(specs.get(i).issuedBy(issuer).certificate());
                notes.add(i + ":twin " + twin);
            }
            served.add(built.get(i).certificate());
        }
        X509Certificate leaf = served.remove(served.size() - 1);
        disorder(served, built.get(0), notes);
        served.add(0, leaf);
        notes.removeIf(String::isEmpty);
        return new GeneratedChain(served, built.get(0).certificate(), intermediates + " intermediates " + notes);
    }

    private void disorder(List<X509Certificate> served, TestCertificate root, List<String> notes) {
        if (random.nextInt(3) == 0) {
            Collections.shuffle(served, random);
            notes.add("shuffled");
        }
        if (!served.isEmpty() && random.nextInt(8) == 0) {
            served.add(served.get(0));
            notes.add("duplicate");
        }
        if (random.nextInt(8) == 0) {
            served.add(root.certificate());
            notes.add("root served");
        }
        if (!served.isEmpty() && random.nextInt(25) == 0) {
            served.remove(0);
            notes.add("one missing");
        }
    }

    private String mutate(List<CertificateSpec> specs, int index) {
        CertificateSpec spec = specs.get(index);
        CertificateSpec leaf = specs.get(specs.size() - 1);
        CertificateSpec issuer = specs.get(Math.max(0, Math.min(index, specs.size() - 2)));
        int kind = random.nextInt(18);
        switch (kind) {
            case 0 -> constrain(issuer, new GeneralName(GeneralName.dNSName, pick(DNS_BASES)));
            case 1 ->
                constrain(
                        issuer,
                        new GeneralName(
                                GeneralName.iPAddress,
                                new DEROctetString(HexFormat.of().parseHex(pick(NETWORKS)))));
            case 2 -> constrain(issuer, new GeneralName(new org.bouncycastle.asn1.x500.X500Name(pick(DIRECTORIES))));
            case 3 -> constrain(issuer, new GeneralName(GeneralName.rfc822Name, pick(MAIL_BASES)));
            case 4 -> constrain(issuer, new GeneralName(GeneralName.uniformResourceIdentifier, pick(DNS_BASES)));
            case 5, 6 -> leaf.names(names());
            case 7 -> spec.with(Extension.extendedKeyUsage, random.nextBoolean(), new ExtendedKeyUsage(pick(PURPOSES)));
            case 8 -> spec.with(Extension.keyUsage, random.nextBoolean(), new KeyUsage(pick(USAGES)));
            case 9 -> basic(spec);
            case 10 -> spec.unknownExtension(random.nextBoolean());
            case 11 -> version(spec);
            case 12, 13 -> policies(specs, spec);
            case 14 -> period(spec);
            case 15 -> spec.signature(random.nextInt(3) == 0 ? "SHA1withECDSA" : "SHA384withECDSA");
            case 16 -> spec.subject(pick(List.of("O=Example,CN=Root", "O=example, CN=x", "O=Other,CN=y", "CN=Same")));
            default ->
                spec.without(pick(
                        List.of(Extension.keyUsage, Extension.basicConstraints, Extension.subjectAlternativeName)));
        }
        return "kind " + kind;
    }

    private void constrain(CertificateSpec spec, GeneralName base) {
        if (random.nextBoolean()) {
            spec.permitting(base);
        } else {
            spec.excluding(base);
        }
    }

    private GeneralName[] names() {
        List<GeneralName> names = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            names.add(
                    switch (random.nextInt(7)) {
                        case 0, 1 -> new GeneralName(GeneralName.iPAddress, pick(ADDRESSES));
                        case 2 -> new GeneralName(GeneralName.rfc822Name, pick(MAILS));
                        case 3 -> new GeneralName(GeneralName.uniformResourceIdentifier, "https://" + pick(HOSTS));
                        case 4 -> new GeneralName(new org.bouncycastle.asn1.x500.X500Name(pick(DIRECTORIES)));
                        case 5 -> new GeneralName(GeneralName.registeredID, "1.2.3");
                        default -> new GeneralName(GeneralName.dNSName, new DERIA5String(pick(HOSTS)));
                    });
        }
        return names.toArray(GeneralName[]::new);
    }

    private void basic(CertificateSpec spec) {
        switch (random.nextInt(3)) {
            case 0 -> spec.with(Extension.basicConstraints, random.nextBoolean(), new BasicConstraints(false));
            case 1 -> spec.with(Extension.basicConstraints, true, new BasicConstraints(random.nextInt(2)));
            default -> spec.with(Extension.basicConstraints, true, new BasicConstraints(true));
        }
    }

    private void version(CertificateSpec spec) {
        if (random.nextInt(3) == 0) {
            spec.version1();
        }
    }

    private void policies(List<CertificateSpec> specs, CertificateSpec spec) {
        switch (random.nextInt(5)) {
            case 0, 1 ->
                specs.forEach(each -> each.with(
                        Extension.certificatePolicies, false, new CertificatePolicies(new PolicyInformation[] {
                            new PolicyInformation(new ASN1ObjectIdentifier(pick(POLICIES)))
                        })));
            case 2 -> {
                ASN1EncodableVector skips = new ASN1EncodableVector();
                int which = random.nextInt(3);
                if (which != 1) {
                    skips.add(new DERTaggedObject(false, 0, new ASN1Integer(random.nextInt(3))));
                }
                if (which != 0) {
                    skips.add(new DERTaggedObject(false, 1, new ASN1Integer(random.nextInt(2))));
                }
                spec.with(Extension.policyConstraints, true, new DERSequence(skips));
            }
            case 3 -> spec.with(Extension.inhibitAnyPolicy, true, new ASN1Integer(random.nextInt(2)));
            default -> {
                ASN1EncodableVector pair = new ASN1EncodableVector();
                pair.add(new ASN1ObjectIdentifier(POLICIES.get(0)));
                pair.add(new ASN1ObjectIdentifier(POLICIES.get(1)));
                spec.with(Extension.policyMappings, random.nextBoolean(), new DERSequence(new DERSequence(pair)));
            }
        }
    }

    private void period(CertificateSpec spec) {
        if (random.nextBoolean()) {
            spec.expired();
        } else {
            spec.valid(CertificateSpec.NOW.plus(Duration.ofDays(1)), CertificateSpec.NOW.plus(Duration.ofDays(9)));
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
