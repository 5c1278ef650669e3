/**
 * The entry to the engine for other Java programs. The types of this package and the types in their public signatures
 * are the supported API, which has no types of libraries in its signatures. All other packages are internal.
 */
@NullMarked
package dev.websentry.engine.api;

import org.jspecify.annotations.NullMarked;
