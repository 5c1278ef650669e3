package dev.websentry.server.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tomcat refuses some requests before any filter (a bad request line, a bad encoding) and would answer HTML. */
@Component
final class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(JsonValve.class.getName());
            }
        });
    }

    /** Tomcat makes it by its name, so it needs a public constructor. */
    public static final class JsonValve extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            ApiException failure = ErrorTranslation.ofStatus(response.getStatus());
            try {
                response.setContentType("application/json");
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                response.getOutputStream().write(ErrorAnswers.json(failure));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                containerLog(e);
            }
        }

        private void containerLog(Exception e) {
            if (container.getLogger().isDebugEnabled()) {
                container.getLogger().debug("The caller has gone", e);
            }
        }
    }
}
