/** Content Security Policy Level 3 as a grammar: serialized policies in, directives and source lists out. What a policy is worth is for the checks to say. */
@NullMarked
package dev.websentry.engine.syntax.csp;

import org.jspecify.annotations.NullMarked;
