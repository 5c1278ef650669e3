/** Authentication of users: sign-up, login, sessions, passwords and account deletion. */
@NullMarked
package dev.websentry.server.auth;

import org.jspecify.annotations.NullMarked;
