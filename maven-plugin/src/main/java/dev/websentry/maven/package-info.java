/**
 * The Maven plugin. The goals pass their parameters to the engine, and turn its result into log lines and exceptions.
 */
@NullMarked
package dev.websentry.maven;

import org.jspecify.annotations.NullMarked;
