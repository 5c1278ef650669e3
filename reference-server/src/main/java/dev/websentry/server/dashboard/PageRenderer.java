package dev.websentry.server.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Renders a page for a visitor who is not logged in, without sending it. */
@Component
class PageRenderer {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final ViewResolver views;
    private final LayoutInterceptor layout;

    PageRenderer(@Qualifier("viewResolver") ViewResolver views, LayoutInterceptor layout) {
        this.views = views;
        this.layout = layout;
    }

    /** Returns the rendered page. */
    ResponseEntity<byte[]> render(ModelAndView page, HttpServletRequest request, HttpServletResponse response) {
        layout.fillModel(page, request, null);
        ContentCachingResponseWrapper captured = new ContentCachingResponseWrapper(response);
        try {
            String name = String.valueOf(page.getViewName());
            View view = views.resolveViewName(name, Locale.ENGLISH);
            if (view == null) {
                throw new IllegalStateException("no page is called " + name);
            }
            view.render(page.getModel(), request, captured);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the page cannot be rendered", e);
        }
        return ResponseEntity.ok().contentType(HTML).body(captured.getContentAsByteArray());
    }
}
