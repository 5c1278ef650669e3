/**
 * Parses Content Security Policy Level 3: turns serialized policies into directives and source lists. The checks
 * evaluate how strong a policy is.
 */
@NullMarked
package dev.websentry.engine.syntax.csp;

import org.jspecify.annotations.NullMarked;
