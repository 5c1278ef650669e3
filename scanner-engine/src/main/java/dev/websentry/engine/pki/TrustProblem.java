package dev.websentry.engine.pki;

/**
 * The problems of a served certificate chain, in ascending order of severity. Of several problems, the most severe one
 * is reported.
 */
public enum TrustProblem {
    /** The chain is valid. */
    NONE(true),
    /** The certificate requires a stapled OCSP response (RFC 7633), and the server does not send one. */
    NO_STAPLE(true),
    /** The certificate has fewer signed timestamps than Chrome requires for a public root. */
    FEW_TIMESTAMPS(true),
    /** Browsers complete the chain through AIA; other clients reject it. */
    INCOMPLETE(true),
    /** This Java runtime does not support the algorithm of a signature, so the chain cannot be evaluated. */
    UNVERIFIABLE(false),
    /** The chain needs more work to validate than browsers invest. */
    TOO_COMPLEX(false),
    /** No path leads to a trusted root. */
    UNKNOWN_CA(false),
    /** Browsers distrust certificates that the root issued after a date, and this is one of them. */
    DISTRUSTED_ROOT(false),
    /** The root is public, and the certificate has no signed timestamp (SCT); browsers require them. */
    NO_TIMESTAMPS(false),
    /** The certificate is signed with its own key and is not a trusted root. */
    SELF_SIGNED(false),
    /** A CA certificate does not permit the chain: CA flag, key usage, path length, name constraints or policies. */
    CONSTRAINT_VIOLATED(false),
    /** A certificate has a critical extension that clients do not know (RFC 5280 section 4.2). */
    UNKNOWN_CRITICAL_EXTENSION(false),
    /** A certificate or an extension does not have the format of RFC 5280. */
    MALFORMED(false),
    /** A certificate below the root is signed with a broken hash or with an algorithm that browsers do not accept. */
    WEAK_SIGNATURE(false),
    /** The key usage of the leaf does not allow the negotiated key exchange. */
    WRONG_KEY_USAGE(false),
    /** An extended key usage in the path does not allow server authentication. */
    WRONG_PURPOSE(false),
    /** A certificate of the path is not yet valid. */
    NOT_YET_VALID(false),
    /** A certificate of the path has expired. */
    EXPIRED(false),
    /** The CA has revoked the certificate. */
    REVOKED(false);

    private final boolean accepted;

    TrustProblem(boolean accepted) {
        this.accepted = accepted;
    }

    /** Returns whether browsers load a site whose chain has this problem. */
    public boolean isAccepted() {
        return accepted;
    }
}
