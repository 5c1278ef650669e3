package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OWASP WSTG-ERRH-01: the generic pages that frameworks show when debug is off disclose nothing. */
class ProductionErrorPagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Symfony 2 and 3, and Laravel until 5.4, with debug off
                "<title>Whoops, looks like something went wrong.</title><div class=\"container\">"
                        + "<h1>Whoops, looks like something went wrong.</h1></div>",
                "<title>An Error Occurred: Not Found</title><h1>Oops! An Error Occurred</h1>"
                        + "<h2>The server returned a \"404 Not Found\".</h2>",
                "<title>Server Error</title><div class=\"code\">500</div><div class=\"message\">Server Error</div>",
                "<title>We're sorry, but something went wrong (500)</title>",
                "<h1>Server Error (500)</h1><p></p>",
                "<h1>Not Found</h1><p>The requested resource was not found on this server.</p>",
                // ASP.NET with customErrors mode RemoteOnly
                "<h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><b>Description: </b>An application"
                        + " error occurred on the server. The current custom error settings for this application prevent"
                        + " the details of the application error from being viewed remotely. <b>Details:</b> To enable",
                "<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error</p>"
                        + "<div>There was an unexpected error (type=Not Found, status=404).</div>",
                "{\"timestamp\":\"2025-01-01T00:00:00Z\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/x\"}",
                "<pre>Cannot GET /x</pre>",
                "<pre>Internal Server Error</pre>",
                "<h1>Whoops!</h1><p>We seem to have hit a snag. Please try again later...</p>",
                "<h2>An Internal Error Has Occurred.</h2>",
                "<p>The above error occurred while the Web server was processing your request.</p>",
                "{\"detail\":\"Not Found\"}",
                "<h1>Internal Server Error</h1><p>The server encountered an internal error and was unable to complete"
                        + " your request.</p>",
                "<title>Error 404 at /x</title>",
                "<p>The trace id is #0 af12. Fatal error: please call us.</p>",
                "<h2>An error occurred while processing your request.</h2><h3>Development Mode</h3>",
                "Application error: a server-side exception has occurred (see the server logs for more information)."
            })
    void aGenericPageIsNotAStackTrace(String page) {
        assertEquals(CheckOutcome.PASS, evaluate(page).outcome());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h1 class=\"exception-x\">Symfony Exception</h1>",
                "<div class=\"exception-message-wrapper\"><h1>No route found</h1></div>",
                "<title>Whoops! There was an error.</title>",
                // Django since 3.0 writes a curly apostrophe
                "<p>You\u2019re seeing this error because you have <code>DEBUG = True</code> in your settings.",
                // The default error handler of Express, which escapes white space
                "<pre>TypeError: x<br> &nbsp; &nbsp;at /app/server.js:10:5<br> &nbsp; &nbsp;at next</pre>",
                "<pre>Error: x<br> &nbsp; &nbsp;at Layer.handle [as handle_request] (/app/layer.js:95:5)<br>",
                "{\"message\":\"x\",\"stack\":\"Error: x\\n    at Object.<anonymous> (/app/index.js:10:5)\"}",
                "<title>Error</title><script>window.ignite(window.data);</script>",
                "<!--\nIlluminate\\Database\\QueryException\n-->",
                "<b>Fatal error</b>:  Uncaught Error: x in /var/www/a.php:3\nStack trace:\n#0 {main}",
                "Fatal error: Uncaught Error: x in /srv/a.php:3\n  thrown in /srv/a.php on line 3",
                "Uncaught exception 'PDOException' in /srv/db.php:12<br />Stack trace:<br />#0 /srv/db.php(12): a()",
                "System.NullReferenceException: x\n   at Shop.Home.Index() in /src/Home.cs:line 12",
                "<h1>An unhandled exception occurred while processing the request.</h1>",
                "<pre>javax.servlet.ServletException: x\n\torg.apache.jsp.a_jsp._jspService(a_jsp.java:92)\n</pre>",
                "java.lang.X\n\tat com.example.Shop.&lt;init&gt;(Shop.java:12)",
                "goroutine 1 [chan receive]:\nmain.main()",
                "thread 'main' panicked at src/main.rs:3:5:\nx\nstack backtrace:\n   0: rust_begin_unwind",
                "<p><code>Rails.root: /app</code></p>",
                "<title>Phoenix.Router.NoRouteError at GET /x</title>",
                "<h2>Sinatra doesn&rsquo;t know this ditty.</h2>"
            })
    void aDebugPageIsAFinding(String page) {
        assertEquals(CheckOutcome.FAIL, evaluate(page).outcome());
    }

    private static CheckVerdict evaluate(String page) {
        ScriptedLeakSite leak = new ScriptedLeakSite();
        leak.error = ScriptedLeakSite.response(500, "text/html", page);
        return leak.evaluate(new ErrorPagesCheck());
    }
}
