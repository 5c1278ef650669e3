package dev.websentry.engine.check.server;

import dev.websentry.engine.observe.Exchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the real thing looks like at each sensitive path: its content type and its content. */
final class Signatures {
    /** Whether a hit gives a secret away or only a hint. */
    enum Gravity {
        CRITICAL,
        LOW
    }

    /**
     * One path's signature.
     *
     * @param what it is, for the reader
     * @param specimen a content that it matches and that gives nothing away
     */
    record Signature(Gravity gravity, String what, Predicate<String> type, Pattern content, String specimen) {
        boolean matches(Response response) {
            String contentType = response.headers().first("Content-Type").orElse("");
            String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return type.test(media) && content.matcher(response.body().text()).find();
        }
    }

    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "\\A\\s*-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----|\\A\\s*PuTTY-User-Key-File-");
    private static final Pattern SQL = Pattern.compile(
            "(?i)\\A(?s:.{0,2000})(?:^-- (?:MySQL|MariaDB|PostgreSQL) (?:database )?dump"
                    + "|^\\s*(?:CREATE TABLE|INSERT INTO|DROP TABLE IF EXISTS)\\s+[`\"'\\w.]+)",
            Pattern.MULTILINE);
    private static final Pattern ACTUATOR_ENV =
            Pattern.compile("\"propertySources\"\\s*:\\s*\\[|\"systemProperties\"\\s*:\\s*\\{");
    private static final Pattern PHPINFO =
            Pattern.compile("<title>(?:PHP [\\d.]+\\S* - )?phpinfo\\(\\)</title>|<h1[^>]*>PHP Version ");

    /** The one that says which other endpoints there are, heapdump among them. */
    static final String ACTUATOR = "/actuator";

    static final String GIT_HEAD = "/.git/HEAD";
    static final String GIT_CONFIG = "/.git/config";

    static final Pattern HEAP_DUMP = Pattern.compile("\"heapdump\"\\s*:\\s*\\{");
    static final String SPECIMEN_WITH_HEAP_DUMP = "{\"_links\":{\"self\":{},\"heapdump\":{}}}\n";

    static final Map<String, Signature> BY_PATH = byPath();

    private Signatures() {}

    private static Map<String, Signature> byPath() {
        Map<String, Signature> all = new LinkedHashMap<>();
        // Critical only together with the other of the two; the check raises it.
        all.put(
                GIT_HEAD,
                low(
                        "a Git repository's HEAD",
                        Signatures::isNoPage,
                        "\\A(?:ref: refs/\\S+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\\s*\\z",
                        "ref: refs/heads/left-out\n"));
        all.put(
                GIT_CONFIG,
                low("a Git repository's configuration", Signatures::isNoPage, "(?m)^\\s*\\[core]\\s*$", "[core]\n"));
        all.put(
                "/.env",
                critical(
                        "a file of environment variables",
                        Signatures::isNoPage,
                        "(?m)^\\s*(?:export\\s+)?[A-Z][A-Z0-9_]*(?:KEY|SECRET|PASSWORD|PASS|TOKEN|DATABASE|DB|HOST|URL|USER|ENV|DEBUG|PORT|NAME|DSN|URI)[A-Z0-9_]*\\s*=",
                        "APP_SECRET_LEFT_OUT=\n"));
        all.put(
                "/.aws/credentials",
                critical(
                        "AWS credentials",
                        Signatures::isNoPage,
                        "(?m)^\\s*aws_(?:access_key_id|secret_access_key)\\s*=",
                        "aws_secret_access_key=\n"));
        all.put(
                "/WEB-INF/web.xml",
                critical(
                        "a web application's descriptor",
                        Signatures::isNoPage,
                        "<web-app[\\s>]",
                        "<web-app></web-app>\n"));
        all.put(
                ACTUATOR,
                low(
                        "the index of Spring Boot's management endpoints",
                        Signatures::isJson,
                        "\"_links\"\\s*:\\s*\\{[\\s\\S]*\"self\"",
                        "{\"_links\":{\"self\":{}}}\n"));
        all.put(
                "/actuator/env",
                new Signature(
                        Gravity.CRITICAL,
                        "a Spring Boot application's environment",
                        Signatures::isJson,
                        ACTUATOR_ENV,
                        "{\"propertySources\":[]}\n"));
        for (String path : List.of("/id_rsa", "/.ssh/id_rsa", "/server.key", "/privkey.pem")) {
            all.put(
                    path,
                    new Signature(
                            Gravity.CRITICAL,
                            "a private key",
                            Signatures::isNoPage,
                            PRIVATE_KEY,
                            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"));
        }
        for (String path : List.of("/backup.sql", "/dump.sql", "/database.sql")) {
            all.put(
                    path,
                    new Signature(Gravity.CRITICAL, "a database dump", Signatures::isNoPage, SQL, "-- MySQL dump\n"));
        }
        all.put("/backup.zip", critical("an archive", Signatures::isNoPage, "\\APK\\x03\\x04", "PK\3\4"));
        all.put(
                "/server-status",
                low(
                        "Apache's server status",
                        Signatures::isPage,
                        "<title>Apache Status</title>|<h1>Apache Server Status for ",
                        "<title>Apache Status</title>\n"));
        for (String path : List.of("/phpinfo.php", "/info.php")) {
            all.put(
                    path,
                    new Signature(
                            Gravity.LOW,
                            "PHP's configuration",
                            Signatures::isPage,
                            PHPINFO,
                            "<title>phpinfo()</title>\n"));
        }
        all.put(
                "/.DS_Store",
                low("a macOS directory index", Signatures::isNoPage, "\\A\\x00\\x00\\x00\\x01Bud1", "\0\0\0\1Bud1"));
        all.put(
                "/.svn/entries",
                low(
                        "a Subversion working copy",
                        Signatures::isNoPage,
                        "\\A(?:\\d{1,2}\\s*\\z|\\d{1,2}\\n\\s*\\n?dir\\n|<\\?xml[\\s\\S]*<wc-entries)",
                        "10\n\ndir\n"));
        return Map.copyOf(all);
    }

    private static boolean isNoPage(String media) {
        return !isPage(media) && !media.startsWith("image/");
    }

    private static boolean isPage(String media) {
        return HTML.contains(media);
    }

    private static boolean isJson(String media) {
        return media.equals("application/json") || media.endsWith("+json");
    }

    private static Signature critical(String what, Predicate<String> type, String content, String specimen) {
        return new Signature(Gravity.CRITICAL, what, type, Pattern.compile(content), specimen);
    }

    private static Signature low(String what, Predicate<String> type, String content, String specimen) {
        return new Signature(Gravity.LOW, what, type, Pattern.compile(content), specimen);
    }
}
