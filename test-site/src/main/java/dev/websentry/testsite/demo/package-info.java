/**
 * Complete sites on loopback with ordinary host names: a well-configured site, and the demo site with a dozen security
 * problems.
 */
@NullMarked
package dev.websentry.testsite.demo;

import org.jspecify.annotations.NullMarked;
