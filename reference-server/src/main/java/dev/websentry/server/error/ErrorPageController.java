package dev.websentry.server.error;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.HEAD;
import static org.springframework.web.bind.annotation.RequestMethod.OPTIONS;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Handles requests that a filter, the servlet container or a page controller has failed. Writes JSON for paths below
 * /api, an HTML page for browsers and a line of text for other clients. Redirects a browser that must log in to the
 * login page, which then leads back to the requested page.
 */
@Controller
final class ErrorPageController implements ErrorController {
    /** Names the methods, because Spring would respond to OPTIONS with all of them otherwise. */
    @RequestMapping(
            path = "/error",
            method = {GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS})
    @RequiresAccess(AccessLevel.ANYONE)
    @Nullable
    ModelAndView handleError(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiException failure = failure(request);
        SecurityHeaders.addMissing(response);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (path instanceof String text && ErrorResponseWriter.isApi(text)) {
            ErrorResponseWriter.write(response, failure);
            return null;
        }
        if (failure.code() != ErrorCode.METHOD_NOT_ALLOWED) {
            // The servlet of the framework lists all methods that it knows if a handler lists none.
            response.setHeader("Allow", null);
        }
        if (isBrowser(request) && !"OPTIONS".equals(request.getMethod())) {
            return page(request, response, failure);
        }
        response.setStatus(failure.status());
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((failure.text() + "\n").getBytes(StandardCharsets.UTF_8));
        // After this the framework cannot add methods to the response.
        response.flushBuffer();
        return null;
    }

    private static boolean isBrowser(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static ModelAndView page(HttpServletRequest request, HttpServletResponse response, ApiException failure) {
        if (failure.code() == ErrorCode.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", null);
            ModelAndView login = new ModelAndView("redirect:/login");
            if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String requested) {
                // The result of a posted form cannot be requested again.
                boolean repeatable = "GET".equals(request.getAttribute(RequestDispatcher.ERROR_METHOD));
                Object query = request.getAttribute(RequestDispatcher.ERROR_QUERY_STRING);
                login.addObject("next", repeatable ? requested + (query == null ? "" : "?" + query) : "/");
            }
            return login;
        }
        ModelAndView page = new ModelAndView("error");
        page.addObject("status", failure.status());
        page.addObject("text", failure.text());
        page.setStatus(HttpStatusCode.valueOf(failure.status()));
        return page;
    }

    private static ApiException failure(HttpServletRequest request) {
        if (request.getAttribute(ApiException.class.getName()) instanceof ApiException ours) {
            return ours;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception thrown) {
            ApiException translated = ExceptionMapper.toApiException(thrown);
            RequestFailureLog.log(
                    String.valueOf(request.getAttribute(RequestDispatcher.ERROR_METHOD)),
                    String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)),
                    translated,
                    thrown);
            return translated;
        }
        // Without a status, the client requested /error directly, which is not a page.
        return ExceptionMapper.forStatus(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404);
    }
}
