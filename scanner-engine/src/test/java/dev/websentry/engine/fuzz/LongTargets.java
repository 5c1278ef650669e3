package dev.websentry.engine.fuzz;

import dev.websentry.engine.check.SeenSite;
import dev.websentry.engine.syntax.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs as long as the engine takes them, made of a beginning, one piece over and over, and an end: rules whose time grows
 * with more than the length show here, and hardly anywhere else.
 */
final class LongTargets {
    /** The fields that rules read; an asterisk stands for all of them. */
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

    private static final List<String> PIECES =
            FuzzTarget.words("a 1 . , ; : = ( ) < > ' \" / \\ - _ 1. a, a; a= a: (a %20");

    private LongTargets() {}

    static List<FuzzTarget> all() {
        List<String> fields = new ArrayList<>(List.of("*\n0\n \n'", "*\nx=\"\n\\\"\n", "*\nmax-age=\n9\n; a"));
        List<String> pages = new ArrayList<>();
        for (String piece : PIECES) {
            fields.add("*\n\n" + piece + "\n");
            pages.add("\n<meta http-equiv=refresh content=\"0\n" + piece + "\n'\">");
        }
        pages.add("\n\n<b>\n");
        pages.add("\n\n<a></b>\n");
        pages.add("\n<table>\n<tr>x\n");
        pages.add("\n<template>\n<script src=//x>\n");
        pages.add("\n<img srcset=\"\na ,\n\">");
        pages.add("\n<script integrity=\"\nsha384- \n\" src=//x>");
        pages.add("\n<svg>\n<style>\n");
        return List.of(
                FuzzTarget.ofOctets("long-fields", 400, fields, PIECES, LongTargets::field),
                FuzzTarget.ofText("long-pages", 400, pages, PIECES, LongTargets::page),
                FuzzTarget.ofText("long-small-bodies", 400, pages, PIECES, LongTargets::smallBody));
    }

    private static void field(String text) {
        String[] parts = parts(text);
        String value = stretched(parts, 240 << 10).strip();
        List<Header> headers = FIELDS.stream()
                .filter(name -> parts[0].equals("*") || parts[0].equals(name))
                .map(name -> new Header(name, value))
                .toList();
        JudgedSite.judge(PageTargets.site(headers, "<title>x</title>"));
    }

    private static void page(String text) {
        JudgedSite.judge(SeenSite.page().body(stretched(parts(text), 64 << 10)));
    }

    /** As long as what is read of everything but the entry page, where more patterns are looked for. */
    private static void smallBody(String text) {
        JudgedSite.judge(PageTargets.site(List.of(), stretched(parts(text), 4 << 10)));
    }

    private static String[] parts(String text) {
        return java.util.Arrays.copyOf((text + "\n\n\n\n").split("\n", -1), 4);
    }

    private static String stretched(String[] parts, int length) {
        String piece = parts[2].isEmpty() ? " " : parts[2];
        int times = Math.max(1, (length - parts[1].length() - parts[3].length()) / piece.length());
        return parts[1] + piece.repeat(times) + parts[3];
    }
}
