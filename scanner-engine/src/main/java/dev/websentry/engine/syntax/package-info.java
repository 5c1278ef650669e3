/** Grammars of the web's own texts, as pure functions: a string in, a value or a precise complaint out. Knows nothing of scans. */
@NullMarked
package dev.websentry.engine.syntax;

import org.jspecify.annotations.NullMarked;
