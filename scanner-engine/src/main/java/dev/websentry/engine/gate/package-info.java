/** The quality gate: evaluates a report against conditions, waivers and a baseline. All front ends share it. */
@NullMarked
package dev.websentry.engine.gate;

import org.jspecify.annotations.NullMarked;
