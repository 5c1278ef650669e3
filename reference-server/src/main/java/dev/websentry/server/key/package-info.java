/** API keys: creation, storage, authentication and revocation. Only digests of keys are stored. */
@NullMarked
package dev.websentry.server.key;

import org.jspecify.annotations.NullMarked;
