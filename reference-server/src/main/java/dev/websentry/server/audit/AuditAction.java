package dev.websentry.server.audit;

/** The kind of an audit event. Sign-ins and failed ones have the types of Spring Security. */
public enum AuditAction {
    ACCOUNT_CREATED,
    ACCOUNT_DELETED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_INVITED,
    ADMIN_GRANTED,
    ADMIN_REVOKED,
    INVITATION_REVOKED,
    PLAN_CHANGED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    PASSWORD_RESET_LINK_CREATED,
    PASSWORD_CONFIRMATION_FAILED,
    API_KEY_CREATED,
    API_KEY_REVOKED,
    EMAIL_VERIFIED,
    DATA_EXPORTED
}
