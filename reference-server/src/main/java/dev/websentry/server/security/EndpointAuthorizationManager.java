package dev.websentry.server.security;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Authorizes requests by the {@link RequiresAccess} of their controller method. Spring MVC selects the method, so that
 * the rules cannot differ from the mappings. See ADR 77.
 */
@Component
final class EndpointAuthorizationManager implements AuthorizationManager<RequestAuthorizationContext> {
    private final RequestMappingHandlerMapping endpoints;
    private final Map<AccessLevel, AuthorizationManager<Object>> rules = new EnumMap<>(AccessLevel.class);

    EndpointAuthorizationManager(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping endpoints) {
        this.endpoints = endpoints;
        for (AccessLevel level : AccessLevel.values()) {
            rules.put(
                    level,
                    level == AccessLevel.ANYONE
                            ? SingleResultAuthorizationManager.permitAll()
                            : AuthorityAuthorizationManager.hasAuthority(level.name()));
        }
    }

    @Override
    public @Nullable AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        return Objects.requireNonNull(rules.get(accessLevel(context.getRequest())))
                .authorize(caller, context);
    }

    /**
     * Returns the required access of a request. It is {@link AccessLevel#ANYONE} for static resources and for requests
     * that Spring MVC responds to with an error, such as those of unknown paths.
     */
    private AccessLevel accessLevel(HttpServletRequest request) {
        Object handler = handler(request);
        if (!(handler instanceof HandlerMethod method) || isFrameworkHandler(method)) {
            return AccessLevel.ANYONE;
        }
        RequiresAccess required = method.getMethodAnnotation(RequiresAccess.class);
        if (required == null) {
            throw new IllegalStateException(method + " has no access rule; add @RequiresAccess");
        }
        return required.value();
    }

    private @Nullable Object handler(HttpServletRequest request) {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            ServletRequestPathUtils.parseAndCache(request);
        }
        try {
            HandlerExecutionChain found = endpoints.getHandler(request);
            return found == null ? null : found.getHandler();
        } catch (HttpRequestMethodNotSupportedException e) {
            return null;
        } catch (Exception e) {
            throw new IllegalStateException("no access rule can be found", e);
        }
    }

    /** Returns true for the handler of OPTIONS requests, which only list the methods of a path. */
    private static boolean isFrameworkHandler(HandlerMethod method) {
        return method.getBeanType().getPackageName().startsWith("org.springframework.web.servlet.mvc");
    }
}
