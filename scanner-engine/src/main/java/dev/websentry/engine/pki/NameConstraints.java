package dev.websentry.engine.pki;

import dev.websentry.engine.pki.CertificateFields.CertificateExtension;
import dev.websentry.engine.syntax.DerElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name constraints of a CA certificate (RFC 5280 section 4.2.1.10).
 *
 * @param permitted the subtrees in which names of the same form must lie
 * @param excluded the subtrees in which names must not lie
 */
record NameConstraints(List<NameSubtree> permitted, List<NameSubtree> excluded) {
    private static final int PERMITTED = 0xA0;
    private static final int EXCLUDED = 0xA1;

    NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    /**
     * Reads the extension.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    static NameConstraints of(CertificateExtension extension) {
        DerElement sequence = extension.parsed(DerElement.SEQUENCE);
        NameConstraints read =
                new NameConstraints(subtrees(sequence.firstChild(PERMITTED)), subtrees(sequence.firstChild(EXCLUDED)));
        if (read.size() == 0) {
            throw new IllegalArgumentException("name constraints without a subtree");
        }
        return read;
    }

    /** Returns the number of subtrees. */
    int size() {
        return permitted.size() + excluded.size();
    }

    /** Returns how the first of some names that violates the constraints does so; empty if none does. */
    Optional<String> violation(List<ConstrainedName> names) {
        return names.stream().flatMap(name -> violation(name).stream()).findFirst();
    }

    /**
     * Returns how a name violates the constraints; empty if it does not. A constraint that cannot be evaluated counts
     * as violated by every name of its form.
     */
    private Optional<String> violation(ConstrainedName name) {
        boolean anyPermitted = false;
        boolean within = false;
        for (NameSubtree subtree : permitted) {
            if (subtree.type() == name.type()) {
                anyPermitted = true;
                within |= subtree.permits(name);
            }
        }
        if (anyPermitted && !within) {
            return Optional.of(name.text() + " is not in the permitted subtrees");
        }
        return excluded.stream().anyMatch(subtree -> subtree.type() == name.type() && subtree.excludes(name))
                ? Optional.of(name.text() + " is in an excluded subtree")
                : Optional.empty();
    }

    private static List<NameSubtree> subtrees(Optional<DerElement> list) {
        List<NameSubtree> subtrees = new ArrayList<>();
        list.ifPresent(elements -> elements.children().forEach(element -> subtrees.add(NameSubtree.of(element))));
        return subtrees;
    }
}
