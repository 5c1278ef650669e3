/** The files and texts a person or a machine reads: each a pure function of a report and its gate result. */
@NullMarked
package dev.websentry.engine.output;

import org.jspecify.annotations.NullMarked;
