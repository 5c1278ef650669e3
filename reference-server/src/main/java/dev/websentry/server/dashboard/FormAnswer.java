package dev.websentry.server.dashboard;

import dev.websentry.server.answer.ApiException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.ModelAndView;

/** A form that was refused: the same page once more, with what was wrong above it and what was typed in its fields. */
final class FormAnswer {
    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private FormAnswer() {}

    static ModelAndView refused(String view, ApiException refused) {
        ModelAndView page = new ModelAndView(view);
        page.addObject("problem", refused.text());
        // 401 comes with a challenge (RFC 9110 section 15.5.2); a page that asks for a password itself has none.
        int status = refused.status() == UNAUTHORIZED ? BAD_REQUEST : refused.status();
        page.setStatus(HttpStatusCode.valueOf(status));
        return page;
    }
}
