/** Questions to the DNS and its answers as plain values, and the lookup by which pure rules ask for them. A rule that asks for what nobody knows yet gets NOT_ASKED, so the same rule says what to ask and, later, what the answers are worth. */
@NullMarked
package dev.websentry.engine.syntax.dns;

import org.jspecify.annotations.NullMarked;
