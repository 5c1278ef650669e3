package dev.websentry.server.dashboard;

import dev.websentry.server.error.ApiException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.ModelAndView;

/** Renders the page of a rejected form again, with the error message above the form. */
final class FormErrorModel {
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private FormErrorModel() {}

    /**
     * Returns the page with the error message.
     *
     * @param view the name of the template
     * @param refused the error
     */
    static ModelAndView of(String view, ApiException refused) {
        ModelAndView page = new ModelAndView(view);
        page.addObject("problem", refused.text());
        // A 401 response must carry a challenge (RFC 9110 section 15.5.2), which a login form does not have.
        int status = refused.status() == UNAUTHORIZED ? BAD_REQUEST : refused.status();
        page.setStatus(HttpStatusCode.valueOf(status));
        return page;
    }
}
