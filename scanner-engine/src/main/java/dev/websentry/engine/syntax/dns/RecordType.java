package dev.websentry.engine.syntax.dns;

/** The record types that rules ask for. */
public enum RecordType {
    A,
    AAAA,
    MX,
    TXT,
    CAA,
    TLSA
}
