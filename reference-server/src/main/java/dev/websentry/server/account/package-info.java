/** Accounts, their plans, and the callers of requests. */
@NullMarked
package dev.websentry.server.account;

import org.jspecify.annotations.NullMarked;
