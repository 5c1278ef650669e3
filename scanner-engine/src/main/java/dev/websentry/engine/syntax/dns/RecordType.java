package dev.websentry.engine.syntax.dns;

/** DNS record types that the checks use. */
public enum RecordType {
    A,
    AAAA,
    MX,
    TXT,
    CAA,
    TLSA
}
