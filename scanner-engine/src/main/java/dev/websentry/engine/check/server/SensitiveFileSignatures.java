package dev.websentry.engine.check.server;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The signature of the sensitive file at each path: its content type and its content. */
final class SensitiveFileSignatures {
    /** The severity of an exposed file: whether it contains secrets or only information. */
    enum ExposureSeverity {
        CRITICAL,
        LOW
    }

    /**
     * The signature of a sensitive file.
     *
     * @param severity the severity of an exposure
     * @param description the description of the file for the report
     * @param mediaType accepts the media types of the file
     * @param content matches the content of the file
     * @param sample sample content that matches and contains no secrets
     */
    record SensitiveFileSignature(
            ExposureSeverity severity,
            String description,
            Predicate<String> mediaType,
            Pattern content,
            String sample) {
        /** Returns whether a response contains such a file. */
        boolean matches(Response response) {
            String contentType = response.headers().first("Content-Type").orElse("");
            String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return mediaType.test(media)
                    && content.matcher(response.body().text()).find();
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
    static final String ACTUATOR_INDEX = "/actuator";

    static final String GIT_HEAD = "/.git/HEAD";
    static final String GIT_CONFIG = "/.git/config";

    static final Pattern HEAP_DUMP = Pattern.compile("\"heapdump\"\\s*:\\s*\\{");
    static final String ACTUATOR_SAMPLE_WITH_HEAP_DUMP = "{\"_links\":{\"self\":{},\"heapdump\":{}}}\n";

    static final Map<String, SensitiveFileSignature> BY_PATH = byPath();

    private SensitiveFileSignatures() {}

    private static Map<String, SensitiveFileSignature> byPath() {
        Map<String, SensitiveFileSignature> all = new LinkedHashMap<>();
        // Critical only if HEAD and the configuration are both exposed; SensitivePathsCheck handles that.
        all.put(
                GIT_HEAD,
                low(
                        "the HEAD of a Git repository",
                        SensitiveFileSignatures::isNotHtml,
                        "\\A(?:ref: refs/\\S+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\\s*\\z",
                        "ref: refs/heads/left-out\n"));
        all.put(
                GIT_CONFIG,
                low(
                        "the configuration of a Git repository",
                        SensitiveFileSignatures::isNotHtml,
                        "(?m)^\\s*\\[core]\\s*$",
                        "[core]\n"));
        all.put(
                "/.env",
                critical(
                        "an environment variable file",
                        SensitiveFileSignatures::isNotHtml,
                        "(?m)^\\s*(?:export\\s+)?[A-Z][A-Z0-9_]*(?:KEY|SECRET|PASSWORD|PASS|TOKEN|DATABASE|DB|HOST|URL|USER|ENV|DEBUG|PORT|NAME|DSN|URI)[A-Z0-9_]*\\s*=",
                        "APP_SECRET_LEFT_OUT=\n"));
        all.put(
                "/.aws/credentials",
                critical(
                        "AWS credentials",
                        SensitiveFileSignatures::isNotHtml,
                        "(?m)^\\s*aws_(?:access_key_id|secret_access_key)\\s*=",
                        "aws_secret_access_key=\n"));
        all.put(
                "/WEB-INF/web.xml",
                critical(
                        "a web application deployment descriptor",
                        SensitiveFileSignatures::isNotHtml,
                        "<web-app[\\s>]",
                        "<web-app></web-app>\n"));
        all.put(
                ACTUATOR_INDEX,
                low(
                        "the index of the Spring Boot management endpoints",
                        SensitiveFileSignatures::isJson,
                        "\"_links\"\\s*:\\s*\\{[\\s\\S]*\"self\"",
                        "{\"_links\":{\"self\":{}}}\n"));
        all.put(
                "/actuator/env",
                new SensitiveFileSignature(
                        ExposureSeverity.CRITICAL,
                        "the environment of a Spring Boot application",
                        SensitiveFileSignatures::isJson,
                        ACTUATOR_ENV,
                        "{\"propertySources\":[]}\n"));
        for (String path : List.of("/id_rsa", "/.ssh/id_rsa", "/server.key", "/privkey.pem")) {
            all.put(
                    path,
                    new SensitiveFileSignature(
                            ExposureSeverity.CRITICAL,
                            "a private key",
                            SensitiveFileSignatures::isNotHtml,
                            PRIVATE_KEY,
                            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"));
        }
        for (String path : List.of("/backup.sql", "/dump.sql", "/database.sql")) {
            all.put(
                    path,
                    new SensitiveFileSignature(
                            ExposureSeverity.CRITICAL,
                            "a database dump",
                            SensitiveFileSignatures::isNotHtml,
                            SQL,
                            "-- MySQL dump\n"));
        }
        all.put("/backup.zip", critical("an archive", SensitiveFileSignatures::isNotHtml, "\\APK\\x03\\x04", "PK\3\4"));
        all.put(
                "/server-status",
                low(
                        "the Apache server status",
                        SensitiveFileSignatures::isHtml,
                        "<title>Apache Status</title>|<h1>Apache Server Status for ",
                        "<title>Apache Status</title>\n"));
        for (String path : List.of("/phpinfo.php", "/info.php")) {
            all.put(
                    path,
                    new SensitiveFileSignature(
                            ExposureSeverity.LOW,
                            "the PHP configuration",
                            SensitiveFileSignatures::isHtml,
                            PHPINFO,
                            "<title>phpinfo()</title>\n"));
        }
        all.put(
                "/.DS_Store",
                low(
                        "a macOS directory index",
                        SensitiveFileSignatures::isNotHtml,
                        "\\A\\x00\\x00\\x00\\x01Bud1",
                        "\0\0\0\1Bud1"));
        all.put(
                "/.svn/entries",
                low(
                        "a Subversion working copy",
                        SensitiveFileSignatures::isNotHtml,
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

    private static SensitiveFileSignature critical(
            String what, Predicate<String> type, String content, String specimen) {
        return new SensitiveFileSignature(ExposureSeverity.CRITICAL, what, type, Pattern.compile(content), specimen);
    }

    private static SensitiveFileSignature low(String what, Predicate<String> type, String content, String specimen) {
        return new SensitiveFileSignature(ExposureSeverity.LOW, what, type, Pattern.compile(content), specimen);
    }
}
