package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.PasswordPolicy;
import dev.websentry.server.auth.OwnerSetupService;
import dev.websentry.server.auth.SignupService;
import dev.websentry.server.error.ErrorResponseWriter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Adds the model attributes of the page layout to every page: the logged-in account, the path and the flash message.
 */
@Component
final class LayoutInterceptor implements HandlerInterceptor {
    private final SignupService signups;
    private final OwnerSetupService setup;

    LayoutInterceptor(SignupService signups, OwnerSetupService setup) {
        this.signups = signups;
        this.setup = setup;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
            return;
        }
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            // Creates the token before the response is committed, because its cookie cannot be set later.
            token.getToken();
        }
        fillModel(page, request, viewer(request));
        page.addObject("needsSetup", !ErrorResponseWriter.isUnavailable(request) && !setup.isComplete());
    }

    private static @Nullable Account viewer(HttpServletRequest request) {
        // Reading the session of a failed request would fail again if the database is not available.
        return !ErrorResponseWriter.isUnavailable(request) && request.getUserPrincipal() instanceof Caller caller
                ? caller.account().orElse(null)
                : null;
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
