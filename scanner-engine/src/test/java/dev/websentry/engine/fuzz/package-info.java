/**
 * Fuzz tests of every parser of untrusted input. Each build runs them briefly with fixed inputs; a coverage-guided run
 * of any length is described in CONTRIBUTING. Each finding of a long run becomes a unit test of the parser.
 */
package dev.websentry.engine.fuzz;
