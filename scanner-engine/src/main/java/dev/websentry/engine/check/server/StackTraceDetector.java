package dev.websentry.engine.check.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Detects stack traces and the debug pages of web frameworks in error responses. The generic pages that the frameworks
 * show when debug is off do not match.
 */
final class StackTraceDetector {
    /** Line breaks and spaces of HTML and JSON, which pages use to show a stack trace. */
    private static final Pattern LINE_BREAK = Pattern.compile("(?i)<br ?/?>|\\\\r?\\\\n|\\\\n");

    private static final Pattern SPACE = Pattern.compile("&nbsp;|&#160;|\\u00a0|\\\\t");

    private static final List<Pattern> STACK_TRACES = List.of(
            // Java; older versions of Tomcat leave out "at"
            Pattern.compile(
                    "(?m)^\\s*+at [\\w.$/@]+(?:(?:<|&lt;)\\w+(?:>|&gt;))?\\([\\w$]+\\.(?:java|kt|scala|groovy):\\d+\\)"),
            Pattern.compile("(?m)^\\s++[\\w$]+(?:\\.[\\w$]+)+\\([\\w$]+\\.java:\\d+\\)"),
            Pattern.compile("\"trace\"\\s*:\\s*\"[\\w.$]+(?:Exception|Error)"),
            // Python: Django, Flask
            Pattern.compile("Traceback \\(most recent call last\\):"),
            Pattern.compile(
                    "You(?:'|\\u2019|&#x27;|&rsquo;)re seeing this error because you have <code>DEBUG = True</code>"),
            Pattern.compile("Werkzeug Debugger|class=\"werkzeug|__debugger__=yes"),
            // PHP: the language, Symfony, Laravel. "Whoops, looks like something went wrong" is a page without debug.
            Pattern.compile("<b>(?:Fatal error|Parse error|Warning|Notice)</b>:[\\s\\S]{0,400}? on line <b>\\d+</b>"),
            Pattern.compile("(?:Fatal error|Parse error|Warning): [\\s\\S]{1,2000}? in \\S+ on line \\d+"),
            Pattern.compile("Stack trace:\\s+#0 (?:\\{main}|\\S+\\(\\d+\\): )"),
            Pattern.compile("Symfony Exception</|class=\"exception-message-wrapper"),
            Pattern.compile("<title>Whoops! There was an error\\.</title>"),
            Pattern.compile("\\bignite\\(window\\.data\\)|window\\.ignite\\b|\\bIlluminate\\\\[\\w\\\\]+Exception\\b"),
            // .NET
            Pattern.compile("Server Error in '[^']*' Application\\.[\\s\\S]*(?:Stack Trace:|Source Error:)"),
            Pattern.compile("at [\\w.`<>]+\\([^)]*\\) in (?:[A-Za-z]:\\\\|/)[^:\\n]+:line \\d+"),
            Pattern.compile("An unhandled exception occurred while processing the request\\."),
            // Ruby, Elixir, Go, Rust, JavaScript
            Pattern.compile("<title>Action Controller: Exception caught</title>|<code>Rails\\.root: "),
            Pattern.compile("Sinatra doesn(?:'|\\u2019|&rsquo;)t know this ditty"),
            Pattern.compile("<title>[\\w.]+(?:Error|Exception) at (?:GET|POST|HEAD) /"),
            Pattern.compile("(?m)^goroutine \\d+ \\[[\\w ,()]+]:"),
            Pattern.compile("(?m)^stack backtrace:\\s+0: "),
            Pattern.compile("(?m)^\\s*+at (?:[\\w.$<>\\[\\] ]+ )?\\(?(?:/|file:///|node:)[^\\s()]+:\\d+:\\d+\\)?"));

    private StackTraceDetector() {}

    /**
     * Returns a part of a stack trace or debug page.
     *
     * @param body the body of an error response: text, HTML or JSON
     * @return the part that identifies it; empty if the body contains none
     */
    static Optional<String> find(String body) {
        String text = SPACE.matcher(LINE_BREAK.matcher(body).replaceAll("\n")).replaceAll(" ");
        return STACK_TRACES.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }
}
