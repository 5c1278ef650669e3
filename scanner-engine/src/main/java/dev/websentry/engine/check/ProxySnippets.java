package dev.websentry.engine.check;

/** Configuration snippets of response headers for Caddy 2, HAProxy 2.2, Traefik 3 and newer versions. */
public final class ProxySnippets {
    private ProxySnippets() {}

    /**
     * Adds snippets that send a header with every response.
     *
     * @param value the value of the header, without double quotes and backslashes
     */
    public static Remediation sendHeader(Remediation remediation, String name, String value) {
        return remediation
                .caddy(caddyHeader(name, value))
                .haproxy(haproxyHeader(name, value))
                .traefik(traefikHeaders("customResponseHeaders:\n  " + name + ": \"" + value + "\""));
    }

    /** Returns a directive of a site; "defer" also replaces a header that the application sends. */
    public static String caddyHeader(String name, String value) {
        return "header {\n    " + name + " \"" + value + "\"\n    defer\n}";
    }

    /** Returns a rule of a frontend, which also applies to redirects and errors of HAProxy itself. */
    public static String haproxyHeader(String name, String value) {
        // The value is a log format, in which "%" begins a variable; within quotes, "$" begins one of the environment.
        String escaped = value.replace("%", "%%").replace("$", "\\$");
        return "# in the frontend\nhttp-after-response set-header " + name + " \"" + escaped + "\"";
    }

    /**
     * Returns a middleware of the dynamic configuration.
     *
     * @param headers the options of the headers middleware, in YAML
     */
    public static String traefikHeaders(String headers) {
        return "# dynamic configuration; add the middleware to the router\nhttp:\n  middlewares:\n    security:\n"
                + "      headers:\n" + headers.indent(8).stripTrailing();
    }
}
