package dev.websentry.engine.check.server;

import dev.websentry.engine.observe.Exchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The signature of the sensitive file at each path: its content type and its content. */
final class Signatures {
    /** The severity of an exposed file: whether it contains secrets or only information. */
    enum Gravity {
        CRITICAL,
        LOW
    }

    /**
     * The signature of a sensitive file.
     *
     * @param gravity the severity of an exposure
     * @param what the description of the file for the report
     * @param type accepts the media types of the file
     * @param content matches the content of the file
     * @param specimen sample content that matches and contains no secrets
     */
    record Signature(Gravity gravity, String what, Predicate<String> type, Pattern content, String specimen) {
        /** Returns whether a response contains such a file. */
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

    /** The index of the Spring Boot Actuator, which lists the other endpoints, such as heapdump. */
    static final String ACTUATOR = "/actuator";

    static final String GIT_HEAD = "/.git/HEAD";
    static final String GIT_CONFIG = "/.git/config";

    static final Pattern HEAP_DUMP = Pattern.compile("\"heapdump\"\\s*:\\s*\\{");
    static final String SPECIMEN_WITH_HEAP_DUMP = "{\"_links\":{\"self\":{},\"heapdump\":{}}}\n";

    static final Map<String, Signature> BY_PATH = byPath();

    private Signatures() {}

    private static Map<String, Signature> byPath() {
        Map<String, Signature> all = new LinkedHashMap<>();
        // Critical only if HEAD and the configuration are both exposed; SensitivePathsCheck handles that.
        all.put(
                GIT_HEAD,
                low(
                        "the HEAD of a Git repository",
                        Signatures::isNotHtml,
                        "\\A(?:ref: refs/\\S+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\\s*\\z",
                        "ref: refs/heads/left-out\n"));
        all.put(
                GIT_CONFIG,
                low(
                        "the configuration of a Git repository",
                        Signatures::isNotHtml,
                        "(?m)^\\s*\\[core]\\s*$",
                        "[core]\n"));
        all.put(
                "/.env",
                critical(
                        "an environment variable file",
                        Signatures::isNotHtml,
                        "(?m)^\\s*(?:export\\s+)?[A-Z][A-Z0-9_]*(?:KEY|SECRET|PASSWORD|PASS|TOKEN|DATABASE|DB|HOST|URL|USER|ENV|DEBUG|PORT|NAME|DSN|URI)[A-Z0-9_]*\\s*=",
                        "APP_SECRET_LEFT_OUT=\n"));
        all.put(
                "/.aws/credentials",
                critical(
                        "AWS credentials",
                        Signatures::isNotHtml,
                        "(?m)^\\s*aws_(?:access_key_id|secret_access_key)\\s*=",
                        "aws_secret_access_key=\n"));
        all.put(
                "/WEB-INF/web.xml",
                critical(
                        "a web application deployment descriptor",
                        Signatures::isNotHtml,
                        "<web-app[\\s>]",
                        "<web-app></web-app>\n"));
        all.put(
                ACTUATOR,
                low(
                        "the index of the Spring Boot management endpoints",
                        Signatures::isJson,
                        "\"_links\"\\s*:\\s*\\{[\\s\\S]*\"self\"",
                        "{\"_links\":{\"self\":{}}}\n"));
        all.put(
                "/actuator/env",
                new Signature(
                        Gravity.CRITICAL,
                        "the environment of a Spring Boot application",
                        Signatures::isJson,
                        ACTUATOR_ENV,
                        "{\"propertySources\":[]}\n"));
        for (String path : List.of("/id_rsa", "/.ssh/id_rsa", "/server.key", "/privkey.pem")) {
            all.put(
                    path,
                    new Signature(
                            Gravity.CRITICAL,
                            "a private key",
                            Signatures::isNotHtml,
                            PRIVATE_KEY,
                            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"));
        }
        for (String path : List.of("/backup.sql", "/dump.sql", "/database.sql")) {
            all.put(
                    path,
                    new Signature(Gravity.CRITICAL, "a database dump", Signatures::isNotHtml, SQL, "-- MySQL dump\n"));
        }
        all.put("/backup.zip", critical("an archive", Signatures::isNotHtml, "\\APK\\x03\\x04", "PK\3\4"));
        all.put(
                "/server-status",
                low(
                        "the Apache server status",
                        Signatures::isHtml,
                        "<title>Apache Status</title>|<h1>Apache Server Status for ",
                        "<title>Apache Status</title>\n"));
        for (String path : List.of("/phpinfo.php", "/info.php")) {
            all.put(
                    path,
                    new Signature(
                            Gravity.LOW,
                            "the PHP configuration",
                            Signatures::isHtml,
                            PHPINFO,
                            "<title>phpinfo()</title>\n"));
        }
        all.put(
                "/.DS_Store",
                low("a macOS directory index", Signatures::isNotHtml, "\\A\\x00\\x00\\x00\\x01Bud1", "\0\0\0\1Bud1"));
        all.put(
                "/.svn/entries",
                low(
                        "a Subversion working copy",
                        Signatures::isNotHtml,
                        "\\A(?:\\d{1,2}\\s*\\z|\\d{1,2}\\n\\s*\\n?dir\\n|<\\?xml[\\s\\S]*<wc-entries)",
                        "10\n\ndir\n"));
        return Map.copyOf(all);
    }

    private static boolean isNotHtml(String media) {
        return !isHtml(media) && !media.startsWith("image/");
    }

    private static boolean isHtml(String media) {
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
