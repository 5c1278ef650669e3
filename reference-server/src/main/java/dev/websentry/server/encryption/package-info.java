/** Encryption of the secrets in the database, with keys that are not in the database. */
@NullMarked
package dev.websentry.server.encryption;

import org.jspecify.annotations.NullMarked;
