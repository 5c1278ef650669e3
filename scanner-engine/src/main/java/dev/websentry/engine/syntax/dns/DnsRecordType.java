package dev.websentry.engine.syntax.dns;

/** DNS record types that the checks use. */
public enum DnsRecordType {
    A,
    AAAA,
    MX,
    TXT,
    CAA,
    TLSA
}
