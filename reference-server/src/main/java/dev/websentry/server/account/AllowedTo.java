package dev.websentry.server.account;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use an endpoint. Every controller method carries one; without it nobody gets in, and a test fails. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedTo {
    Who value();

    /** From everybody to few. */
    enum Who {
        ANYONE,
        /** A session or a key. */
        ACCOUNT,
        /** A session alone: what a leaked key must not do. */
        SESSION,
        /** A session of an administrator. */
        ADMIN
    }
}
