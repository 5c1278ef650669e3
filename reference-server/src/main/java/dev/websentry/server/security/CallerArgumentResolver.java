package dev.websentry.server.security;

import dev.websentry.server.account.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves the {@link Caller} parameters of controller methods. */
@Component
final class CallerArgumentResolver implements HandlerMethodArgumentResolver {
    private final CallerResolver callers;

    CallerArgumentResolver(CallerResolver callers) {
        this.callers = callers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Caller.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer page,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        if (servletRequest == null) {
            throw new IllegalStateException("not a servlet request");
        }
        Caller caller = callers.resolve(servletRequest);
        if (!parameter.getParameterType().isInstance(caller)) {
            throw new IllegalStateException(
                    parameter.getMethod() + " requires a narrower caller type than its @AllowedTo guarantees");
        }
        return caller;
    }
}
