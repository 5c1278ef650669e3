package dev.websentry.server.error;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Makes Tomcat write its own errors as JSON. Tomcat rejects some requests before any filter runs, such as those with a
 * malformed request line or encoding, and writes HTML by default.
 */
@Component
final class TomcatErrorConfiguration implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(TomcatErrorValve.class.getName());
            }
        });
    }

    /** Writes errors as JSON. Tomcat creates it by class name, so it needs a public constructor. */
    public static final class TomcatErrorValve extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, Throwable thrown) {
            if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            ApiException failure = ExceptionMapper.forStatus(response.getStatus());
            try {
                response.setContentType("application/json");
                SecurityHeaders.addMissing(response);
                response.getOutputStream().write(ErrorResponseWriter.toJson(failure));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                containerLog(e);
            }
        }

        private void containerLog(Exception e) {
            if (container.getLogger().isDebugEnabled()) {
                container.getLogger().debug("The client closed the connection before the error response was sent", e);
            }
        }
    }
}
