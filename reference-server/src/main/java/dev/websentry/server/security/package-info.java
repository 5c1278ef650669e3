/**
 * Request security: proxy headers, body limit, origin check, authentication by API key or session, and authorization of
 * endpoints.
 */
@NullMarked
package dev.websentry.server.security;

import org.jspecify.annotations.NullMarked;
