/** Accounts, their plans, and who is calling. */
@NullMarked
package dev.websentry.server.account;

import org.jspecify.annotations.NullMarked;
