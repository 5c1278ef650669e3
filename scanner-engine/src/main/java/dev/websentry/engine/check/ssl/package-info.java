/** The checks of the category {@code ssl}: HTTPS, certificates, protocol versions, cipher suites and HSTS. */
@NullMarked
package dev.websentry.engine.check.ssl;

import org.jspecify.annotations.NullMarked;
