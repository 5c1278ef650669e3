/** ArchUnit rules that the tests of several modules share. */
@NullMarked
package dev.websentry.testsite.rules;

import org.jspecify.annotations.NullMarked;
