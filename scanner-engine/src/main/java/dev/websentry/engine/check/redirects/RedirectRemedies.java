package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Remediation;

/** The configuration that several checks of this category propose. */
final class RedirectRemedies {
    static final Remediation TO_HTTPS = Remediation.of(
                    "Answer every plain http request with a 301 or 308 to https on the same host, and with nothing else."
                            + " Going to another host first would leave this host without HSTS.")
            .nginx("""
                            server {
                                listen 80;
                                listen [::]:80;
                                server_name example.com www.example.com;
                                return 301 https://$host$request_uri;
                            }""")
            .apache("""
                            <VirtualHost *:80>
                                ServerName example.com
                                ServerAlias www.example.com
                                RewriteEngine On
                                RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
                            </VirtualHost>""")
            .spring("""
                            // Spring Security 6.5 or newer; permanent: RFC 9110 section 15.4.2
                            http.redirectToHttps(withDefaults());
                            // older: http.requiresChannel(channel -> channel.anyRequest().requiresSecure());
                            // both answer 302: let the proxy in front answer 301 where there is one""");

    static final Remediation CHAIN = Remediation.of(
                    "Let every URL that people type lead to its final https URL in at most two redirects:"
                            + " first https on the same host, then the final name. Never lead from https back to http.")
            .nginx("""
                            server {
                                listen 443 ssl;
                                server_name example.com;
                                return 301 https://www.example.com$request_uri;
                            }""")
            .apache("""
                            <VirtualHost *:443>
                                ServerName example.com
                                Redirect permanent / https://www.example.com/
                            </VirtualHost>""")
            .spring("""
                            // behind a proxy, or redirects are made for http: trust what it says of the scheme
                            // application.properties:
                            server.forward-headers-strategy=native""");

    static final Remediation WWW = Remediation.of(
                    "Let one of the two names redirect to the other over https, and let the certificate name both.")
            .nginx("""
                            server {
                                listen 443 ssl;
                                server_name example.com;  # the name that redirects
                                ssl_certificate     /etc/ssl/both-names.pem;
                                ssl_certificate_key /etc/ssl/both-names.key;
                                return 301 https://www.example.com$request_uri;
                            }""")
            .apache("""
                            <VirtualHost *:443>
                                ServerName example.com
                                SSLEngine on
                                SSLCertificateFile /etc/ssl/both-names.pem
                                SSLCertificateKeyFile /etc/ssl/both-names.key
                                Redirect permanent / https://www.example.com/
                            </VirtualHost>""")
            .with("Servlet filter", """
                            if (request.getServerName().equals("example.com")) {
                                response.setStatus(308);
                                response.setHeader("Location", "https://www.example.com" + request.getRequestURI());
                                return;
                            }
                            chain.doFilter(request, response);""");

    private RedirectRemedies() {}
}
