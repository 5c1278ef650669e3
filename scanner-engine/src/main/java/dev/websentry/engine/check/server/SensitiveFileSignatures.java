package dev.websentry.engine.check.server;

import dev.websentry.engine.observation.HttpExchange.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The signature of the sensitive file at each path. Only the content counts: a server that labels a secret as text/html
 * or as an image exposes it too.
 */
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
     * @param format accepts texts of the format of the file
     * @param content matches the content of the file
     * @param sample sample content that matches and contains no secrets
     */
    record SensitiveFileSignature(
            ExposureSeverity severity, String description, Predicate<String> format, Pattern content, String sample) {
        /** Returns whether a response contains such a file. */
        boolean matches(Response response) {
            String text = response.body().text();
            return isFile(text) || isFile(UNDECODED.matcher(text).replaceAll(""));
        }

        private boolean isFile(String text) {
            return format.test(text) && content.matcher(text).find();
        }
    }

    /** What is left between the ASCII characters of a UTF-16 file, such as one that PowerShell wrote. */
    private static final Pattern UNDECODED = Pattern.compile("[\\x00\\uFEFF\\uFFFD]");

    private static final Pattern JSON_START = Pattern.compile("\\s*\\{");

    // The index of the Spring Boot Actuator, which lists the other endpoints, such as heapdump.
    static final String ACTUATOR_INDEX = "/actuator";

    static final String GIT_HEAD = "/.git/HEAD";
    static final String GIT_CONFIG = "/.git/config";

    static final Pattern HEAP_DUMP = Pattern.compile("\"heapdump\"\\s*:\\s*\\{");
    static final String ACTUATOR_SAMPLE_WITH_HEAP_DUMP = "{\"_links\":{\"self\":{},\"heapdump\":{}}}\n";

    private static final SensitiveFileSignature HEAD = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "the HEAD of a Git repository",
            SensitiveFileSignatures::isNotHtml,
            Pattern.compile("\\A(?:ref: refs/\\S+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\\s*\\z"),
            "ref: refs/heads/left-out\n");
    private static final SensitiveFileSignature CONFIG = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "the configuration of a Git repository",
            SensitiveFileSignatures::isNotHtml,
            Pattern.compile("(?mi)^\\s*\\[(?:core|remote \"[^\"\\n]*\")]"),
            "[core]\n");
    // A name of the words that secrets and connections use, or an upper-case name with a value.
    private static final SensitiveFileSignature ENVIRONMENT = critical(
            "an environment variable file",
            SensitiveFileSignatures::isNotHtml,
            "(?m)^\\s*(?:export\\s+)?(?:(?i:\\w*(?:KEY|SECRET|PASSWORD|PASS|TOKEN|DATABASE|DB|HOST|URL|USER|ENV|DEBUG"
                    + "|PORT|NAME|DSN|URI)\\w*\\s*=(?!=)|\\w+_(?:KEY|SECRET|PASSWORD|TOKEN):[ \\t]*\\S)|[A-Z][A-Z0-9_]{2,60}[ \\t]*=[ \\t]*[^\\s=])",
            "APP_SECRET_LEFT_OUT=\n");

    private static final SensitiveFileSignature AWS_CREDENTIALS = critical(
            "AWS credentials",
            SensitiveFileSignatures::isNotHtml,
            "(?mi)^\\s*aws_(?:access_key_id|secret_access_key|session_token)\\s*=",
            "aws_secret_access_key=\n");
    private static final SensitiveFileSignature WEB_XML = critical(
            "a web application deployment descriptor",
            SensitiveFileSignatures::isNotHtml,
            "<web-app[\\s>]",
            "<web-app></web-app>\n");
    private static final SensitiveFileSignature ACTUATOR = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "the index of the Spring Boot management endpoints",
            SensitiveFileSignatures::isJson,
            Pattern.compile("\"_links\"\\s*:\\s*\\{[\\s\\S]*\"self\""),
            "{\"_links\":{\"self\":{}}}\n");
    private static final SensitiveFileSignature ACTUATOR_ENV = critical(
            "the environment of a Spring Boot application",
            SensitiveFileSignatures::isJson,
            "\"propertySources\"\\s*:\\s*\\[|\"systemProperties\"\\s*:\\s*\\{",
            "{\"propertySources\":[]}\n");
    // The labels of RFC 7468 and the formats of OpenSSH, SSH2 and PuTTY; parameters or certificates can come first.
    private static final SensitiveFileSignature PRIVATE_KEY = critical(
            "a private key",
            SensitiveFileSignatures::isNotHtml,
            "(?m)^\\s*-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                    + "|\\A\\s*---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----|\\A\\s*PuTTY-User-Key-File-",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");

    private static final SensitiveFileSignature SQL = critical(
            "a database dump",
            SensitiveFileSignatures::isNotHtml,
            "(?im)\\A(?s:.{0,2000})(?:^-- (?:phpMyAdmin|Adminer|MySQL|MariaDB|PostgreSQL|SQLite)\\b.{0,60}\\bdump\\b"
                    + "|^-- Dump of (?:table|database) |^COPY [\\w.\"]+ (?:\\([^)\\n]*\\) )?FROM stdin;"
                    + "|^\\s*(?:CREATE TABLE|INSERT INTO|DROP TABLE IF EXISTS)\\s+[`\"'\\w.\\[]+)",
            "-- MySQL dump\n");
    private static final SensitiveFileSignature ZIP =
            critical("an archive", SensitiveFileSignatures::isNotHtml, "\\APK\\x03\\x04", "PK\3\4");
    private static final SensitiveFileSignature SERVER_STATUS = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "the Apache server status",
            HtmlSniffer::isHtml,
            Pattern.compile("<title>Apache Status</title>|<h1>Apache Server Status for "),
            "<title>Apache Status</title>\n");
    private static final SensitiveFileSignature PHPINFO = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "the PHP configuration",
            SensitiveFileSignatures::isHtmlOrPhpinfo,
            Pattern.compile("<title>(?:PHP [\\d.]+\\S* - )?phpinfo\\(\\)</title>|<h1[^>]*>PHP Version "
                    + "|\\Aphpinfo\\(\\)\\s+PHP Version => "),
            "<title>phpinfo()</title>\n");
    private static final SensitiveFileSignature DS_STORE = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "a macOS directory index",
            SensitiveFileSignatures::isNotHtml,
            Pattern.compile("\\A\\x00\\x00\\x00\\x01Bud1"),
            "\0\0\0\1Bud1");
    private static final SensitiveFileSignature SUBVERSION = new SensitiveFileSignature(
            ExposureSeverity.LOW,
            "a Subversion working copy",
            SensitiveFileSignatures::isNotHtml,
            Pattern.compile("\\A(?:\\d{1,2}\\s*\\z|\\d{1,2}\\n\\s*\\n?dir\\n|<\\?xml[\\s\\S]*<wc-entries)"),
            "10\n\ndir\n");

    static final Map<String, SensitiveFileSignature> BY_PATH = byPath();

    private SensitiveFileSignatures() {}

    private static Map<String, SensitiveFileSignature> byPath() {
        Map<String, SensitiveFileSignature> all = new LinkedHashMap<>();
        // Critical only if HEAD and the configuration are both exposed; SensitivePathsCheck handles that.
        all.put(GIT_HEAD, HEAD);
        all.put(GIT_CONFIG, CONFIG);
        all.put("/.env", ENVIRONMENT);
        all.put("/.aws/credentials", AWS_CREDENTIALS);
        all.put("/WEB-INF/web.xml", WEB_XML);
        all.put(ACTUATOR_INDEX, ACTUATOR);
        all.put("/actuator/env", ACTUATOR_ENV);
        List.of("/id_rsa", "/.ssh/id_rsa", "/server.key", "/privkey.pem").forEach(path -> all.put(path, PRIVATE_KEY));
        List.of("/backup.sql", "/dump.sql", "/database.sql").forEach(path -> all.put(path, SQL));
        all.put("/backup.zip", ZIP);
        all.put("/server-status", SERVER_STATUS);
        List.of("/phpinfo.php", "/info.php").forEach(path -> all.put(path, PHPINFO));
        all.put("/.DS_Store", DS_STORE);
        all.put("/.svn/entries", SUBVERSION);
        return Map.copyOf(all);
    }

    private static boolean isNotHtml(String text) {
        return !HtmlSniffer.isHtml(text);
    }

    private static boolean isHtmlOrPhpinfo(String text) {
        return HtmlSniffer.isHtml(text) || text.startsWith("phpinfo()");
    }

    private static boolean isJson(String text) {
        return JSON_START.matcher(text).lookingAt();
    }

    private static SensitiveFileSignature critical(
            String description, Predicate<String> format, String content, String sample) {
        return new SensitiveFileSignature(
                ExposureSeverity.CRITICAL, description, format, Pattern.compile(content), sample);
    }
}
