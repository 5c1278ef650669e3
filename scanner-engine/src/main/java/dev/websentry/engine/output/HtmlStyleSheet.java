package dev.websentry.engine.output;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheet of the HTML report, and the Content-Security-Policy that allows this style sheet only. */
final class HtmlStyleSheet {
    static final String CSS = """
            :root { color-scheme: light dark;
              --paper: #fff; --raised: #f6f8fa; --ink: #1f2328; --faint: #59636e; --line: #d1d9e0;
              --pass: #1a7f37; --warn: #8a5a00; --fail: #c0202b; --none: #59636e; --link: #0757ba; }
            @media (prefers-color-scheme: dark) { :root {
              --paper: #0d1117; --raised: #161b22; --ink: #e6edf3; --faint: #9da7b1; --line: #30363d;
              --pass: #4ac26b; --warn: #e0a52e; --fail: #ff8078; --none: #9da7b1; --link: #6cb2ff; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
            header, main, footer { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
            h1 { font-size: clamp(1.05rem, 4.5vw, 1.5rem); line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.25rem; margin: 2rem 0 .75rem; }
            section:first-child h2 { margin-top: 0; }
            h3 { font-size: 1.05rem; margin: 0; }
            p { margin: .4rem 0; }
            a { color: var(--link); overflow-wrap: anywhere; }
            .faint, small { color: var(--faint); }
            .verdict { display: flex; gap: 1.5rem; align-items: center; }
            .grade { flex: none; width: 7.5rem; height: 7.5rem; border: .4rem solid; border-radius: 50%;
              display: flex; flex-direction: column; align-items: center; justify-content: center; }
            .grade b { font-size: 3rem; line-height: 1; }
            .grade span { font-size: .9rem; color: var(--ink); }
            .pass { color: var(--pass); } .warn { color: var(--warn); } .fail { color: var(--fail); }
            .none { color: var(--none); }
            .note { border-left: .3rem solid; padding: .5rem 1rem; margin: .75rem 0; background: var(--raised); }
            .note > * { color: var(--ink); margin: 0; }
            .bars { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem 2rem;
              list-style: none; padding: 0; margin: 1.5rem 0 0; }
            .bars div { display: flex; justify-content: space-between; gap: 1rem; }
            .bars svg { display: block; width: 100%; height: .6rem; border-radius: .3rem; background: var(--line); }
            .bars rect { fill: currentColor; }
            article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; }
            article .top { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
            .badge { font-size: .75rem; font-weight: 700; letter-spacing: .04em; text-transform: uppercase;
              border: 1.5px solid; border-radius: .3rem; padding: 0 .4rem; white-space: nowrap; }
            .value { font-weight: 600; overflow-wrap: anywhere; }
            pre { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem;
              overflow-x: auto; font: .85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
              margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
            h4 { font-size: .85rem; margin: .8rem 0 .2rem; color: var(--faint); }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
            caption { text-align: left; font-weight: 700; padding: .5rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; font-weight: 400;
              border-top: 1px solid var(--line); overflow-wrap: anywhere; }
            thead th { color: var(--faint); font-size: .85rem; }
            th[scope=row] { width: 30%; } td:first-of-type { width: 7.5rem; } td:last-child { width: 6rem; }
            ul.plain { list-style: none; padding: 0; margin: 0; } ul.plain li { margin: .2rem 0; }
            summary { cursor: pointer; color: var(--faint); }
            footer { border-top: 1px solid var(--line); color: var(--faint); font-size: .85rem; }
            @media (max-width: 34rem) { .verdict { flex-direction: column; align-items: flex-start; }
              thead { display: none; } tr { display: block; border-top: 1px solid var(--line); padding: .4rem 0; }
              th[scope=row], td, td:first-of-type, td:last-child { display: block; width: auto; border: 0; padding: 0; } }
            @media print { :root { --paper: #fff; --raised: #fff; --ink: #000; --faint: #444; --line: #bbb;
              --pass: #1a7f37; --warn: #8a5a00; --fail: #c0202b; --none: #444; --link: #000; }
              body { font-size: 10.5pt; } header, main, footer { max-width: none; padding: .5rem 0; }
              article { padding: .5rem .75rem; margin: .6rem 0; }
              h2, h4, .top, .value { break-after: avoid; } tr, pre { break-inside: avoid; } }
            """;

    private static final String POLICY = makePolicy();

    private HtmlStyleSheet() {}

    /** Returns the Content-Security-Policy of the page. It allows only the style sheet, by its hash. */
    static String contentSecurityPolicy() {
        return POLICY;
    }

    private static String makePolicy() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            String hash = Base64.getEncoder().encodeToString(digest);
            return "default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
