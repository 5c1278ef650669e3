package dev.websentry.engine.pki;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The result of validating a served certificate chain against the trusted roots.
 *
 * @param problem the most severe problem
 * @param detail a description of the result for reports; names in it come from the certificates and are not sanitized
 * @param path the certification path from leaf to anchor, or an empty list if there is none
 */
public record TrustAssessment(TrustProblem problem, String detail, List<X509Certificate> path) {
    public TrustAssessment {
        path = List.copyOf(path);
    }

    /** Returns whether browsers accept the certificate; they complete an incomplete chain. */
    public boolean isAccepted() {
        return problem.isAccepted();
    }

    /**
     * Returns this assessment, or one with another problem if that is more severe.
     *
     * @param other the problem that a further condition found
     * @param otherDetail its description
     */
    public TrustAssessment withProblem(TrustProblem other, String otherDetail) {
        return other.compareTo(problem) > 0 ? new TrustAssessment(other, otherDetail, path) : this;
    }
}
