/** What a caller of the API is answered: one shape of success, and one of failure whatever layer it comes from. */
@NullMarked
package dev.websentry.server.answer;

import org.jspecify.annotations.NullMarked;
