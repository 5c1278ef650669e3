/** What the pure parts of the engine cost, over observations that a scan of the fixtures' sites made. */
@NullMarked
package dev.websentry.benchmarks;

import org.jspecify.annotations.NullMarked;
