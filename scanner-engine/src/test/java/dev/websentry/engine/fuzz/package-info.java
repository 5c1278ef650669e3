/**
 * Every parser of foreign bytes, fed with what nobody sends by accident: briefly in each build, for as long as one likes
 * under coverage guidance (CONTRIBUTING). What a long run finds becomes a unit test beside the parser.
 */
package dev.websentry.engine.fuzz;
