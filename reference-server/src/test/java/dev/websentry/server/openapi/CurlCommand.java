package dev.websentry.server.openapi;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A curl command, parsed like a shell and curl do. Accepts the few options that the documentation uses and nothing
 * else, so that a mistake in an example fails.
 *
 * @param readsCookies whether it sends the cookies of the file "cookies"
 * @param writesCookies whether it stores received cookies in that file
 */
record CurlCommand(
        String method,
        URI url,
        Map<String, String> headers,
        Optional<String> body,
        boolean readsCookies,
        boolean writesCookies) {

    static CurlCommand parse(String command) {
        List<String> words = words(command);
        require(words.get(0).equals("curl"), command);
        String method = null;
        String url = null;
        String body = null;
        boolean readsCookies = false;
        boolean writesCookies = false;
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ", 2);
                    require(header.length == 2, command);
                    headers.put(header[0], header[1]);
                }
                case "-b" -> {
                    require(words.get(++i).equals("cookies"), command);
                    readsCookies = true;
                }
                case "-c" -> {
                    require(words.get(++i).equals("cookies"), command);
                    writesCookies = true;
                }
                default -> {
                    require(url == null && words.get(i).startsWith("http"), command);
                    url = words.get(i);
                }
            }
        }
        require(url != null, command);
        // curl chooses the method like this, too.
        String effective = method != null ? method : body != null ? "POST" : "GET";
        return new CurlCommand(
                effective, URI.create(url), headers, Optional.ofNullable(body), readsCookies, writesCookies);
    }

    /** Splits a command into words (POSIX, Shell Command Language, section 2.2). */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote == '\'' ? c != '\'' : quote == '"' && c != '"') {
                require(quote == '\'' || "$`\\!".indexOf(c) < 0, command);
                word.append(c);
            } else if (quote != 0) {
                quote = 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
                word = word == null ? new StringBuilder() : word;
            } else if (c == '\\' && command.charAt(i + 1) == '\n') {
                i++;
            } else if (c == '\\') {
                word = word == null ? new StringBuilder() : word;
                word.append(command.charAt(++i));
            } else if (c == ' ' || c == '\n') {
                require(c == ' ', command);
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
            } else {
                require("$`|&;<>()*?[]#~={}".indexOf(c) < 0, command);
                word = word == null ? new StringBuilder() : word;
                word.append(c);
            }
        }
        require(quote == 0, command);
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static void require(boolean condition, String command) {
        if (!condition) {
            throw new IllegalArgumentException("not a command of the expected form: " + command);
        }
    }
}
