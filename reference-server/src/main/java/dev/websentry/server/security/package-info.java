/** What every request passes before a controller sees it: where it comes from, how large it is, which key or session it carries, and whether its endpoint is open to that caller. */
@NullMarked
package dev.websentry.server.security;

import org.jspecify.annotations.NullMarked;
