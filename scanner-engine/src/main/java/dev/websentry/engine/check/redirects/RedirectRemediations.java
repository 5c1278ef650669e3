package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Remediation;

/** The remediations of the redirect checks. */
final class RedirectRemediations {
    private static final String CADDY_OTHER_HOST = """
            example.com {
                redir https://www.example.com{uri} permanent
            }""";
    private static final String HAPROXY_OTHER_HOST = """
            # in the frontend of port 443
            http-request redirect prefix https://www.example.com code 301 if { hdr(host) -i example.com }""";
    private static final String TRAEFIK_OTHER_HOST = """
            # dynamic configuration; add the middleware to the router of example.com
            http:
              middlewares:
                to-www:
                  redirectRegex:
                    regex: "^https://example\\\\.com/(.*)"
                    replacement: "https://www.example.com/${1}"
                    permanent: true""";

    static final Remediation TO_HTTPS = Remediation.of(
                    "Redirect every plain HTTP request with status 301 or 308 to HTTPS on the same host, and serve nothing else."
                            + " A redirect to another host first would leave this host without HSTS.")
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
            .springSecurity("""
                            // Spring Security 6.5 or newer
                            http.redirectToHttps(withDefaults());
                            // older: http.requiresChannel(channel -> channel.anyRequest().requiresSecure());
                            // both send 302; if there is a reverse proxy, let it send 301
                            // (permanent, RFC 9110 section 15.4.2)""")
            .caddy("""
                            # a site without scheme redirects port 80 to HTTPS with 308, unless the global
                            # options contain "auto_https off" or "auto_https disable_redirects"
                            example.com, www.example.com {
                                reverse_proxy localhost:8080
                            }""")
            .haproxy("""
                            frontend http
                                bind :80
                                bind [::]:80 v6only
                                http-request redirect scheme https code 301""")
            .traefik("""
                            # static configuration
                            entryPoints:
                              web:
                                address: ":80"
                                http:
                                  redirections:
                                    entryPoint:
                                      to: websecure
                                      scheme: https
                                      permanent: true
                              websecure:
                                address: ":443\"""");

    static final Remediation CHAIN = Remediation.of(
                    "Redirect every URL that users enter to its final HTTPS URL in at most two redirects: first to HTTPS on the"
                            + " same host, then to the final host name. Never redirect from HTTPS back to HTTP.")
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
            .springSecurity("""
                            // behind a reverse proxy: trust its forwarded headers, or redirects lead to http
                            // application.properties:
                            server.forward-headers-strategy=native""")
            .caddy(CADDY_OTHER_HOST)
            .haproxy(HAPROXY_OTHER_HOST)
            .traefik(TRAEFIK_OTHER_HOST);

    static final Remediation WWW = Remediation.of(
                    "Redirect one of the two names to the other over HTTPS, and use a certificate for both names.")
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
            .withConfig("Servlet filter", """
                            if (request.getServerName().equals("example.com")) {
                                response.setStatus(308);
                                response.setHeader("Location", "https://www.example.com" + request.getRequestURI());
                                return;
                            }
                            chain.doFilter(request, response);""")
            .caddy(CADDY_OTHER_HOST)
            .haproxy(HAPROXY_OTHER_HOST)
            .traefik(TRAEFIK_OTHER_HOST);

    private RedirectRemediations() {}
}
