package dev.websentry.jenkins;

import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.SiteResult;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.syntax.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the scans of a step on the agent, with the files of the workspace and the network of the agent. */
public final class WorkspaceScanner {
    /** The default output directory, relative to the workspace. */
    public static final String DEFAULT_FOLDER = "websentry";

    private final ScanSettings settings;
    private final Path workspace;
    private final Consumer<String> console;

    /** @param console receives the output line by line */
    public WorkspaceScanner(ScanSettings settings, Path workspace, Consumer<String> console) {
        this.settings = settings;
        this.workspace = workspace;
        this.console = console;
    }

    /**
     * Scans all sites, writes the reports into the workspace, and prints progress and summaries to the console.
     *
     * @param baselines the JSON reports to compare with, by URL
     * @throws InvalidSettingException if a setting is invalid; nothing was scanned
     * @throws IOException if a report cannot be written
     * @throws InterruptedException if the calling thread is interrupted; the scans are stopped
     */
    public AgentScanResult run(Map<String, String> baselines)
            throws InvalidSettingException, IOException, InterruptedException {
        return run(baselines, ScanJob::run);
    }

    /** Runs the job of a step. An interface, so that tests can replace the scanner. */
    @FunctionalInterface
    interface JobRunner {
        JobResult run(ScanRequest request, Consumer<SiteResult> finished) throws InterruptedException;
    }

    /** Scans all sites like {@link #run(Map)}, with another runner of the job. */
    AgentScanResult run(Map<String, String> baselines, JobRunner job)
            throws InvalidSettingException, IOException, InterruptedException {
        FieldValidation.validate(settings);
        ScanRequest request = request(baselines);
        if (request.targets().size() > AgentResultCodec.MAX_SITES) {
            throw new InvalidSettingException("urls: " + request.targets().size() + " URLs; use at most "
                    + AgentResultCodec.MAX_SITES + " in one step");
        }
        JobResult result = job.run(request, site -> console.accept(site.progressLine()));
        for (SiteResult.GradedSite site : result.graded()) {
            console.accept("");
            site.summary().forEach(console);
        }
        console.accept("");
        result.sites().forEach(site -> site.files().forEach(file -> console.accept("Written: " + file)));
        if (!result.fileErrors().isEmpty()) {
            throw new IOException(String.join("; ", result.fileErrors()));
        }
        return result(result, request);
    }

    private ScanRequest request(Map<String, String> baselines) throws InvalidSettingException {
        RawOptions raw = new RawOptions(WorkspaceScanner::optionName);
        raw.set(Option.OUTPUT_DIRECTORY, paths(List.of(DEFAULT_FOLDER)));
        for (Option option : settings.options()) {
            List<String> values = settings.texts(option);
            if (!values.isEmpty()) {
                raw.set(option, isPath(option, values) ? paths(values) : values);
            }
        }
        raw.setVerbatim(Option.API_KEY, settings.apiKey())
                .setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, settings.keyStorePassword())
                .proxies(settings.proxyEnvironment().proxies());
        auth(raw);
        secretHeaders(raw);
        if (settings.isFailOnRegression()) {
            raw.set(Option.FAIL_ON_REGRESSION, "true").baselines(reports(baselines));
        }
        boolean ownLimit = !settings.texts(Option.FAIL_BELOW).isEmpty()
                || !settings.texts(Option.MIN_SCORE).isEmpty();
        if ((settings.unstableBelow().isPresent() || settings.isFailOnRegression()) && !ownLimit) {
            // Replaces the engine's default: below unstableBelow a build is only unstable, and with failOnRegression
            // the first build has no baseline and passes, however bad the site is.
            raw.set(Option.FAIL_BELOW, Grade.F.label());
        }
        try {
            return ScanRequest.parse(raw);
        } catch (InvalidOptionException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPath(Option option, List<String> values) {
        boolean namedStore = option == Option.ROOT_STORE
                && FieldValidation.ROOT_STORES.contains(values.get(0).strip());
        return option.type().kind().isPath() && !namedStore;
    }

    /** Returns the name of an option in the step: secrets come from credentials. */
    private static String optionName(Option option) {
        return switch (option) {
            case API_KEY -> "credentialsId";
            case AUTH -> "authCredentialsId";
            case CLIENT_KEY_STORE_PASSWORD -> "clientKeyStoreCredentialsId";
            default -> option.key();
        };
    }

    private void auth(RawOptions raw) throws InvalidSettingException {
        try {
            raw.auth(settings.auth());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("authCredentialsId: " + e.getMessage());
        }
    }

    private void secretHeaders(RawOptions raw) throws InvalidSettingException {
        List<String> headers = new ArrayList<>(settings.texts(Option.HEADERS));
        if (settings.secretHeaders().isPresent()) {
            String secret = settings.secretHeaders().get();
            try {
                secret.lines().filter(line -> !line.isBlank()).forEach(line -> Header.parse(line.strip()));
            } catch (IllegalArgumentException e) {
                // The message of the parser may contain the secret.
                throw new InvalidSettingException(
                        "headersCredentialsId: the secret is not a list of headers; write one \"Name: value\" on each line");
            }
            headers.add(secret);
        }
        raw.set(Option.HEADERS, String.join("\n", headers));
    }

    private List<String> paths(List<String> values) {
        return values.stream()
                .map(value -> workspace.resolve(value.strip()).toString())
                .toList();
    }

    private Map<String, Report> reports(Map<String, String> baselines) {
        Map<String, Report> reports = new LinkedHashMap<>();
        baselines.forEach((url, json) -> {
            try {
                reports.put(url, ReportJsonReader.read(json));
            } catch (ReportJsonReader.InvalidReportException e) {
                console.accept(TextSanitizer.singleLine(
                        url + ": the baseline cannot be read, so nothing is compared: " + e.getMessage()));
            }
        });
        return reports;
    }

    private AgentScanResult result(JobResult result, ScanRequest request) {
        List<String> failures = new ArrayList<>();
        if (request.failOnError()) {
            failures.addAll(result.errors());
        } else {
            result.errors().forEach(error -> console.accept(error + " (a warning because failOnError is false)"));
        }
        result.gateFailures().forEach(reason -> failures.add("Quality gate failed: " + reason));
        List<SiteRecord> sites = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        for (SiteResult site : result.sites()) {
            String url = site.target().input();
            if (site instanceof SiteResult.GradedSite graded) {
                sites.add(SiteRecord.graded(url, graded.report(), graded.gate()));
                reports.add(ReportFormat.JSON.write(graded.report(), graded.gate()));
            } else {
                sites.add(SiteRecord.failed(url, site.progressLine()));
                reports.add("");
            }
        }
        return new AgentScanResult(new BuildRecord(sites, failures, unstable(result)), reports);
    }

    private List<String> unstable(JobResult result) {
        Optional<Grade> stable = settings.unstableBelow().flatMap(Grade::ofLabel);
        if (stable.isEmpty()) {
            return List.of();
        }
        return result.graded().stream()
                .filter(site -> site.gate().score() < stable.get().minScore())
                .map(site -> site.target().input() + ": grade "
                        + site.gate().grade().label() + " ("
                        + site.gate().score() + ") is below " + stable.get().label() + " ("
                        + stable.get().minScore() + "), so the build is unstable")
                .toList();
    }
}
