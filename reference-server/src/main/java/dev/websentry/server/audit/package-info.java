/** The audit log: who signed in, and who changed credentials and accounts, from which address. */
@NullMarked
package dev.websentry.server.audit;

import org.jspecify.annotations.NullMarked;
