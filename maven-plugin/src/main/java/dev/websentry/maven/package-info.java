/** The Maven front end: fields become option texts, the engine does the rest, its result becomes log lines and an exception. */
@NullMarked
package dev.websentry.maven;

import org.jspecify.annotations.NullMarked;
