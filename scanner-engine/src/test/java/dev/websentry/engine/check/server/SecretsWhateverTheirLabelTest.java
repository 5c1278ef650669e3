package dev.websentry.engine.check.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckScoreCap;
import dev.websentry.engine.check.CheckVerdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OWASP WSTG-CONF-04: a file is judged by its content. WHATWG MIME Sniffing section 7.1 tells what an HTML page is. */
class SecretsWhateverTheirLabelTest {
    private static final List<String> LABELS = List.of(
            "text/html; charset=utf-8",
            "application/xhtml+xml",
            "text/plain",
            "application/json",
            "image/png",
            "font/woff2",
            "application/octet-stream",
            "no type at all");

    /** Every sensitive path with the start of a real file. */
    private static List<String> files() {
        return List.of(
                "/.git/HEAD~ref: refs/heads/main\n~WARN",
                "/.git/HEAD~9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\n~WARN",
                "/.git/config~[core]\n\tbare = false\n~WARN",
                "/.git/config~[remote \"origin\"]\n\turl = https://u:t@example.com/r.git\n~WARN",
                "/.env~APP_NAME=shop\nDB_PASSWORD=x\n~FAIL",
                "/.env~# settings\nexport STRIPE_SK=sk_live\n~FAIL",
                "/.env~SMTP=mail.example.com\nFOO=bar\n~FAIL",
                "/.env~db_password=x\n~FAIL",
                "/.env~\uFEFFAPP_KEY=x\n~FAIL",
                "/.env~\uFFFD\uFFFDA\0P\0P\0_\0K\0E\0Y\0=\0x\0~FAIL",
                "/.aws/credentials~[default]\naws_access_key_id = AKIA\n~FAIL",
                "/WEB-INF/web.xml~<?xml version=\"1.0\"?>\n<!-- shop -->\n<web-app version=\"6.0\">~FAIL",
                "/actuator~{\"_links\":{\"self\":{\"href\":\"/actuator\"}}}~WARN",
                "/actuator~{\"_links\":{\"self\":{},\"heapdump\":{\"href\":\"/h\"}}}~FAIL",
                "/actuator/env~{\"activeProfiles\":[],\"propertySources\":[{}]}~FAIL",
                "/id_rsa~-----BEGIN OPENSSH PRIVATE KEY-----\n~FAIL",
                "/.ssh/id_rsa~-----BEGIN RSA PRIVATE KEY-----\n~FAIL",
                "/server.key~-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n"
                        + "-----BEGIN EC PRIVATE KEY-----\n~FAIL",
                "/privkey.pem~Bag Attributes\n    friendlyName: x\n-----BEGIN PRIVATE KEY-----\n~FAIL",
                "/backup.sql~-- MySQL dump 10.13\n~FAIL",
                "/dump.sql~CREATE TABLE users (id int);\n~FAIL",
                "/database.sql~--\n-- PostgreSQL database dump\n--\n~FAIL",
                "/dump.sql~-- phpMyAdmin SQL Dump\n-- version 5.2.1\n~FAIL",
                "/dump.sql~-- Adminer 4.8.1 MySQL 8.0.31 dump\n~FAIL",
                "/dump.sql~-- Dump of table users\n# ---\n~FAIL",
                "/backup.sql~USE [shop]\nGO\nCREATE TABLE [dbo].[users](\n~FAIL",
                "/database.sql~SET client_encoding = 'UTF8';\nCOPY public.users (id, name) FROM stdin;\n~FAIL",
                "/.env~SESSION_SECRET: abc\n~FAIL",
                "/backup.zip~PK\u0003\u0004\u0014~FAIL",
                "/server-status~<!DOCTYPE HTML><html><head><title>Apache Status</title>~WARN",
                "/phpinfo.php~<!DOCTYPE html PUBLIC><title>PHP 8.3.1 - phpinfo()</title>~WARN",
                "/info.php~phpinfo()\nPHP Version => 8.3.1\n~WARN",
                "/.DS_Store~\0\0\0\1Bud1~WARN",
                "/.svn/entries~12\n~WARN");
    }

    static Stream<Arguments> filesWithLabels() {
        return files().stream()
                .flatMap(file -> LABELS.stream().map(label -> {
                    String[] parts = file.split("~");
                    return Arguments.of(parts[0], label, parts[1], CheckOutcome.valueOf(parts[2]));
                }));
    }

    @ParameterizedTest(name = "{0} as {1} is {3}")
    @MethodSource("filesWithLabels")
    void aFileIsJudgedByItsContent(String path, String label, String body, CheckOutcome outcome) {
        CheckVerdict verdict = new ScriptedLeakSite().at(path, label, body).evaluate(new SensitivePathsCheck());
        assertEquals(outcome, verdict.outcome(), verdict.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/gif"})
    void gitHeadAndConfigOfAnyLabelAreARepository(String label) {
        CheckVerdict verdict = new ScriptedLeakSite()
                .at("/.git/HEAD", label, "ref: refs/heads/main\n")
                .at("/.git/config", label, "[core]\n")
                .evaluate(new SensitivePathsCheck());
        assertEquals(CheckOutcome.FAIL, verdict.outcome());
        assertEquals(CheckScoreCap.MAX_FOR_GRADE_F, verdict.caps().get(0).limit());
    }

    static Stream<String> pages() {
        String secrets = "\nAPP_KEY=x\naws_secret_access_key=x\n[core]\n-----BEGIN PRIVATE KEY-----\n"
                + "-- MySQL dump\n<web-app>{\"propertySources\":[]}";
        return Stream.of(
                        "<!doctype html><pre>",
                        "\uFEFF\n <!DOCTYPE  HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><pre>",
                        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><pre>",
                        "<!-- a --> <!-- b -->\n<HTML lang=en>",
                        "<head>",
                        "<script>",
                        "<h1>Examples</h1>",
                        "<pre>",
                        "<main class=x>",
                        "<br/>",
                        "</div>")
                .map(start -> start + secrets);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void htmlPagesAreNotFilesWhateverTheirLabel(String page) {
        for (String label : LABELS) {
            for (String path : List.of("/.env", "/.git/config", "/.aws/credentials", "/server.key", "/dump.sql")) {
                CheckVerdict verdict =
                        new ScriptedLeakSite().at(path, label, page).evaluate(new SensitivePathsCheck());
                assertEquals(CheckOutcome.PASS, verdict.outcome(), path + " as " + label);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not available",
                "Host: www.example.com",
                "key: not found",
                "-- nothing to dump",
                "{\"error\":\"not found\"}",
                "error: x = y",
                "QUJDREVG\nAAA==",
                "if (PORT == 80) {}",
                "HTTP ERROR 404"
            })
    void otherTextsAreNotEnvironmentFiles(String body) {
        CheckVerdict verdict =
                new ScriptedLeakSite().at("/.env", "text/plain", body).evaluate(new SensitivePathsCheck());
        assertEquals(CheckOutcome.PASS, verdict.outcome(), verdict.value());
    }

    @Test
    void elementsOfOtherVocabulariesAreNotHtml() {
        assertTrue(HtmlSniffer.isHtml("<html>"));
        assertEquals(
                List.of(),
                Stream.of(
                                "<web-app>",
                                "<?xml version='1.0'?><wc-entries x>",
                                "<!-- never closed <html>",
                                "",
                                "<",
                                "< p>")
                        .filter(HtmlSniffer::isHtml)
                        .toList());
    }
}
