/** The checks of the category {@code headers}: security headers, Content Security Policy, CORS and subresources. */
@NullMarked
package dev.websentry.engine.check.headers;

import org.jspecify.annotations.NullMarked;
