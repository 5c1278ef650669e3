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

/** Hands the caller to a controller's method that has a parameter for it. */
@Component
final class CallerArguments implements HandlerMethodArgumentResolver {
    private final Callers callers;

    CallerArguments(Callers callers) {
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
        HttpServletRequest sent = request.getNativeRequest(HttpServletRequest.class);
        if (sent == null) {
            throw new IllegalStateException("not a servlet request");
        }
        Caller caller = callers.of(sent);
        if (!parameter.getParameterType().isInstance(caller)) {
            throw new IllegalStateException(parameter.getMethod() + " asks for a narrower caller than its @AllowedTo");
        }
        return caller;
    }
}
