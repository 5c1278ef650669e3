package dev.websentry.engine.net;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * Root certificates and their subjects. The JDK's certificates look up their subject at each call, and each scan
 * compares all of them several times. Immutable.
 *
 * @param certificates the certificates
 * @param subjects their subjects, in the same order
 */
record NamedRoots(List<X509Certificate> certificates, List<X500Principal> subjects) {
    NamedRoots {
        certificates = List.copyOf(certificates);
        subjects = List.copyOf(subjects);
    }

    /** Reads the subjects of certificates. */
    static NamedRoots of(Collection<X509Certificate> certificates) {
        return new NamedRoots(
                List.copyOf(certificates),
                certificates.stream()
                        .map(X509Certificate::getSubjectX500Principal)
                        .toList());
    }

    /** Returns the certificates whose subject is one of the names, in order. */
    Stream<X509Certificate> named(Set<X500Principal> names) {
        return IntStream.range(0, subjects.size())
                .filter(i -> names.contains(subjects.get(i)))
                .mapToObj(certificates::get);
    }
}
