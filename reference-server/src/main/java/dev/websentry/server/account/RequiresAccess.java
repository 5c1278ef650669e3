package dev.websentry.server.account;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares which callers may use an endpoint. Every controller method must have this annotation; requests to a method
 * without it are rejected, and a test fails.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresAccess {
    /** The required kind of caller. */
    AccessLevel value();

    /** The required kind of caller, from the least to the most restrictive. */
    enum AccessLevel {
        /** Every caller, authenticated or not. */
        ANYONE,
        /** A caller with a session or an API key. */
        ACCOUNT,
        /** A caller with a session. For operations that must not be possible with a leaked API key. */
        SESSION,
        /** An administrator with a session. */
        ADMIN
    }
}
