package dev.websentry.engine.fuzz;

import dev.websentry.engine.check.ObservedSite;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz targets with inputs of the maximum length that the engine accepts. An input is a prefix, a repeated token and a
 * suffix, which reveals checks that take superlinear time.
 */
final class LongInputFuzzTargets {
    /** Header fields that checks read; an asterisk in an input selects all of them. */
    private static final List<String> FIELDS = List.of(
            "Strict-Transport-Security",
            "Content-Security-Policy",
            "Content-Security-Policy-Report-Only",
            "Content-Type",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Access-Control-Allow-Origin",
            "Set-Cookie",
            "Refresh",
            "Location",
            "Server",
            "Via",
            "X-Powered-By",
            "X-AspNet-Version",
            "X-Generator",
            "X-XSS-Protection",
            "Expect-CT");

    private static final List<String> TOKENS =
            FuzzTarget.words("a 1 . , ; : = ( ) < > ' \" / \\ - _ 1. a, a; a= a: (a %20");

    private LongInputFuzzTargets() {}

    static List<FuzzTarget> all() {
        List<String> fields = new ArrayList<>(List.of("*\n0\n \n'", "*\nx=\"\n\\\"\n", "*\nmax-age=\n9\n; a"));
        List<String> pages = new ArrayList<>();
        for (String token : TOKENS) {
            fields.add("*\n\n" + token + "\n");
            pages.add("\n<meta http-equiv=refresh content=\"0\n" + token + "\n'\">");
        }
        pages.add("\n\n<b>\n");
        pages.add("\n\n<a></b>\n");
        pages.add("\n<table>\n<tr>x\n");
        pages.add("\n<template>\n<script src=//x>\n");
        pages.add("\n<img srcset=\"\na ,\n\">");
        pages.add("\n<script integrity=\"\nsha384- \n\" src=//x>");
        pages.add("\n<svg>\n<style>\n");
        return List.of(
                FuzzTarget.ofLatin1("long-fields", 400, fields, TOKENS, LongInputFuzzTargets::field),
                FuzzTarget.ofUtf8("long-pages", 400, pages, TOKENS, LongInputFuzzTargets::page),
                FuzzTarget.ofUtf8("long-small-bodies", 400, pages, TOKENS, LongInputFuzzTargets::smallBody));
    }

    private static void field(String text) {
        String[] parts = parts(text);
        String value = repeated(parts, 240 << 10).strip();
        List<Header> headers = FIELDS.stream()
                .filter(name -> parts[0].equals("*") || parts[0].equals(name))
                .map(name -> new Header(name, value))
                .toList();
        SiteGrader.grade(PageFuzzTargets.site(headers, "<title>x</title>"));
    }

    private static void page(String text) {
        SiteGrader.grade(ObservedSite.page().body(repeated(parts(text), 64 << 10)));
    }

    /** Uses the maximum length of responses other than the entry page, which are searched for more patterns. */
    private static void smallBody(String text) {
        SiteGrader.grade(PageFuzzTargets.site(List.of(), repeated(parts(text), 4 << 10)));
    }

    private static String[] parts(String text) {
        return java.util.Arrays.copyOf((text + "\n\n\n\n").split("\n", -1), 4);
    }

    private static String repeated(String[] parts, int length) {
        String token = parts[2].isEmpty() ? " " : parts[2];
        int times = Math.max(1, (length - parts[1].length() - parts[3].length()) / token.length());
        return parts[1] + token.repeat(times) + parts[3];
    }
}
