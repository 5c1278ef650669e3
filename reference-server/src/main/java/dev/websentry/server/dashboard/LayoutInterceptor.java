package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.auth.OwnerSetupService;
import dev.websentry.server.auth.SignupService;
import dev.websentry.server.error.ErrorResponseWriter;
import dev.websentry.server.security.CallerResolver;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Adds the model attributes of the page layout to every page: the logged-in account, the path and the flash message.
 */
@Component
final class LayoutInterceptor implements HandlerInterceptor {
    private final CallerResolver callers;
    private final SignupService signups;
    private final OwnerSetupService setup;

    LayoutInterceptor(CallerResolver callers, SignupService signups, OwnerSetupService setup) {
        this.callers = callers;
        this.signups = signups;
        this.setup = setup;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
            return;
        }
        // Reading the session of a failed request would fail again if the database is not available.
        boolean available = !ErrorResponseWriter.isUnavailable(request);
        Account viewer = available ? callers.resolve(request).account().orElse(null) : null;
        fillModel(page, request, viewer);
        page.addObject("needsSetup", available && !setup.isComplete());
    }

    /** Adds the model attributes of the layout. */
    void fillModel(ModelAndView page, HttpServletRequest request, @Nullable Account viewer) {
        page.addObject("viewer", viewer);
        page.addObject("signupOpen", signups.isOpen());
        page.addObject("path", path(request));
        page.addObject("notice", FlashMessage.text(request.getParameter("done")));
        page.addObject("minPasswordLength", PasswordPolicy.MIN_LENGTH);
    }

    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
    }

    /** Returns the external base URL of the server, without a trailing slash. */
    static String baseUrl(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length());
    }
}
