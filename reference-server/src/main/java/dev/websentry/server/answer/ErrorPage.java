package dev.websentry.server.answer;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where a request ends that a filter, the container or a page's controller has failed: JSON below /api, else a line of text. */
@Controller
final class ErrorPage implements ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPage.class);

    @RequestMapping("/error")
    @AllowedTo(Who.ANYONE)
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiException failure = failure(request);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (path instanceof String text && ErrorAnswers.isApi(text)) {
            ErrorAnswers.write(response, failure);
            return;
        }
        response.setStatus(failure.status());
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((failure.text() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static ApiException failure(HttpServletRequest request) {
        if (request.getAttribute(ApiException.class.getName()) instanceof ApiException ours) {
            return ours;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception thrown) {
            ApiException translated = ErrorTranslation.of(thrown);
            if (translated.code() == ErrorCode.INTERNAL) {
                LOG.error("{} failed", request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), thrown);
            }
            return translated;
        }
        // Without a status somebody has asked for /error itself, which is no page.
        return ErrorTranslation.ofStatus(
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404);
    }
}
