package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Remediation;

/** The configuration that several checks of this category propose. */
final class RedirectRemedies {
    static final Remediation TO_HTTPS = Remediation.of(
                    "Answer every plain http request with a 301 or 308 to https on the same host, and with nothing else."
                            + " Going to another host first would leave this host without HSTS.")
            .nginx("server {\n    listen 80;\n    listen [::]:80;\n    server_name example.com www.example.com;\n"
                    + "    return 301 https://$host$request_uri;\n}")
            .apache("<VirtualHost *:80>\n    ServerName example.com\n    ServerAlias www.example.com\n"
                    + "    RewriteEngine On\n"
                    + "    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]\n</VirtualHost>")
            .spring("// Spring Security 6.5 or newer; permanent: RFC 9110 section 15.4.2\n"
                    + "http.redirectToHttps(withDefaults());\n"
                    + "// older: http.requiresChannel(channel -> channel.anyRequest().requiresSecure());\n"
                    + "// both answer 302: let the proxy in front answer 301 where there is one");

    static final Remediation CHAIN = Remediation.of(
                    "Let every URL that people type lead to its final https URL in at most two redirects:"
                            + " first https on the same host, then the final name. Never lead from https back to http.")
            .nginx("server {\n    listen 443 ssl;\n    server_name example.com;\n"
                    + "    return 301 https://www.example.com$request_uri;\n}")
            .apache("<VirtualHost *:443>\n    ServerName example.com\n"
                    + "    Redirect permanent / https://www.example.com/\n</VirtualHost>")
            .spring("// behind a proxy, or redirects are made for http: trust what it says of the scheme\n"
                    + "// application.properties:\nserver.forward-headers-strategy=native");

    static final Remediation WWW = Remediation.of(
                    "Let one of the two names redirect to the other over https, and let the certificate name both.")
            .nginx("server {\n    listen 443 ssl;\n    server_name example.com;  # the name that redirects\n"
                    + "    ssl_certificate     /etc/ssl/both-names.pem;\n"
                    + "    ssl_certificate_key /etc/ssl/both-names.key;\n"
                    + "    return 301 https://www.example.com$request_uri;\n}")
            .apache("<VirtualHost *:443>\n    ServerName example.com\n    SSLEngine on\n"
                    + "    SSLCertificateFile /etc/ssl/both-names.pem\n"
                    + "    SSLCertificateKeyFile /etc/ssl/both-names.key\n"
                    + "    Redirect permanent / https://www.example.com/\n</VirtualHost>")
            .with(
                    "Servlet filter",
                    "if (request.getServerName().equals(\"example.com\")) {\n"
                            + "    response.setStatus(308);\n"
                            + "    response.setHeader(\"Location\", \"https://www.example.com\" + request.getRequestURI());\n"
                            + "    return;\n}\nchain.doFilter(request, response);");

    private RedirectRemedies() {}
}
