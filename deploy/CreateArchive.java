import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prepares a fast start of the server: extracts its jar, starts it with an empty database on loopback, sends the usual
 * requests, and stops it. The JVM then writes an archive of what it has loaded, and of what it has learned about the
 * code on JDK 25 and later. FOLDER/command contains the arguments that start the server with this archive:
 *
 * <pre>
 * java CreateArchive.java JAR FOLDER [JVM OPTION...]
 * java @FOLDER/command
 * </pre>
 *
 * <p>The archive is valid for this JDK, the paths of the files, and the garbage collector among the JVM options. A jar
 * that is in FOLDER is already extracted.
 */
final class CreateArchive {
    private static final int JDK_WITH_AOT_CACHE = 25;
    private static final int READS = 300;
    private static final Duration MAX_START = Duration.ofMinutes(3);
    private static final Duration MAX_STOP = Duration.ofMinutes(5);
    private static final String ACCOUNT = "{\"email\": \"training@example.com\", \"password\": \"training of the archive\"}";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final URI server;
    private final URI management;

    private CreateArchive(URI server, URI management) {
        this.server = server;
        this.management = management;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("Usage: java CreateArchive.java JAR FOLDER [JVM OPTION...]");
            System.exit(2);
        }
        Path folder = Path.of(args[1]).toAbsolutePath().normalize();
        Path jar = extracted(Path.of(args[0]).toAbsolutePath().normalize(), folder);
        List<String> options = List.of(args).subList(2, args.length);
        boolean aot = Runtime.version().feature() >= JDK_WITH_AOT_CACHE;
        Path archive = folder.resolve(aot ? "server.aot" : "server.jsa");
        Files.deleteIfExists(archive);
        train(jar, options, (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        if (!Files.exists(archive)) {
            throw new IllegalStateException("the JVM has not written " + archive);
        }
        List<String> command = new ArrayList<>(options);
        command.add((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
        command.add("-jar");
        command.add(jar.toString());
        Files.write(folder.resolve("command"), command);
        System.out.println("Start the server with: java @" + folder.resolve("command"));
    }

    private static Path extracted(Path jar, Path folder) throws IOException, InterruptedException {
        if (folder.equals(jar.getParent())) {
            return jar;
        }
        run(List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", folder.toString()));
        return folder.resolve(jar.getFileName());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void train(Path jar, List<String> options, String archiveOption) throws Exception {
        Path data = Files.createTempDirectory("websentry-training");
        Path log = data.resolve("log");
        Process process = start(jar, options, archiveOption, data, log);
        try {
            String started = awaitStart(process, log);
            List<URI> ports = ports(started);
            new CreateArchive(ports.get(0), ports.get(1)).sendRequests();
            process.destroy();
            if (!process.waitFor(MAX_STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server has not stopped");
            }
        } catch (IOException | RuntimeException e) {
            System.err.println(Files.readString(log));
            throw e;
        } finally {
            process.destroyForcibly().waitFor();
            delete(data);
        }
    }

    private static Process start(Path jar, List<String> options, String archiveOption, Path data, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of(archiveOption, "-jar", jar.toString()));
        command.addAll(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--websentry.data-dir=" + data,
                "--websentry.default-plan=agency",
                // The server scans itself.
                "--websentry.scan.allow=127.0.0.1/32"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // The settings of the real server.
        builder.environment().keySet().removeIf(name -> name.matches("(WEBSENTRY|SPRING|SERVER|MANAGEMENT|LOGGING)_.*"));
        return builder.start();
    }

    private static String awaitStart(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + MAX_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            String text = Files.readString(log);
            if (text.contains("WebSentry is ready")) {
                return text;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the server has not started");
    }

    /** Returns the URL of the server and that of its management port, in the order in which they were opened. */
    private static List<URI> ports(String log) {
        return Pattern.compile("Tomcat started on port (\\d+)")
                .matcher(log)
                .results()
                .map(port -> URI.create("http://127.0.0.1:" + port.group(1)))
                .toList();
    }

    private void sendRequests() throws IOException, InterruptedException {
        get("/login");
        get("/signup");
        get("/docs");
        get("/openapi.json");
        post("/api/auth/signup", ACCOUNT);
        post("/api/auth/login", ACCOUNT);
        get("/api/account");
        String key = field(post("/api/keys", "{\"name\": \"training\"}"), "key");
        String scan = field(post("/api/scan", "{\"url\": \"" + server + "/\"}"), "scanId");
        for (int i = 0; i < READS; i++) {
            send(request(server, "/api/scan/" + scan + "/json").header("Authorization", key));
        }
        for (String page : List.of("/", "/scans/" + scan, "/history", "/monitors", "/keys", "/webhook", "/account")) {
            get(page);
        }
        for (String path : List.of("health/liveness", "health/readiness", "prometheus")) {
            send(request(management, "/actuator/" + path));
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(server, path));
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        return send(request(server, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response + ": " + response.body());
        }
        return response.body();
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\" *: *\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no field " + name + " in " + json);
        }
        return found.group(1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
