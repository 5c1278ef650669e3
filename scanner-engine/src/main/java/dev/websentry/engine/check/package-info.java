/** The checks: each one class that carries its id, points, remedy and reference above its rule. Pure: observations in, verdict out. */
@NullMarked
package dev.websentry.engine.check;

import org.jspecify.annotations.NullMarked;
