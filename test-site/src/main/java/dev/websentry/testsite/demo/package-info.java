/** Whole sites on loopback under an ordinary name: one that does nearly everything right, and the demo that does a dozen things wrong. */
@NullMarked
package dev.websentry.testsite.demo;

import org.jspecify.annotations.NullMarked;
