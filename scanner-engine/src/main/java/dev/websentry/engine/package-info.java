/** The public door: {@link dev.websentry.engine.Scanner} turns a target and its options into a report, and reports progress on the way. */
@NullMarked
package dev.websentry.engine;

import org.jspecify.annotations.NullMarked;
