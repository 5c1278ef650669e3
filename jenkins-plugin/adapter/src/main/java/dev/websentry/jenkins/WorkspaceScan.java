package dev.websentry.jenkins;

import dev.websentry.engine.job.InvalidOptionException;
import dev.websentry.engine.job.JobResult;
import dev.websentry.engine.job.Option;
import dev.websentry.engine.job.RawOptions;
import dev.websentry.engine.job.ScanJob;
import dev.websentry.engine.job.ScanRequest;
import dev.websentry.engine.job.SiteResult;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.report.Grade;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The scan itself, where the workspace is: on the agent, with the agent's files, names and network. */
public final class WorkspaceScan {
    /** Below the workspace. */
    public static final String DEFAULT_FOLDER = "websentry";

    private static final Set<Option> PATHS = EnumSet.of(
            Option.OUTPUT_DIRECTORY,
            Option.WAIVERS,
            Option.BASELINE,
            Option.CA_CERTIFICATES,
            Option.TRUST_ANCHOR,
            Option.CLIENT_KEY_STORE);

    private final ScanSettings settings;
    private final Path workspace;
    private final Consumer<String> console;

    /** @param console takes a line at a time */
    public WorkspaceScan(ScanSettings settings, Path workspace, Consumer<String> console) {
        this.settings = settings;
        this.workspace = workspace;
        this.console = console;
    }

    /**
     * Scans, writes the reports into the workspace and tells the console everything.
     *
     * @param baselines the JSON report of the last successful build, by URL
     * @throws InvalidSettingException before anything is scanned
     * @throws IOException when a report cannot be written
     * @throws InterruptedException when the calling thread is interrupted; the scans are stopped at once
     */
    public RunRecord run(Map<String, String> baselines)
            throws InvalidSettingException, IOException, InterruptedException {
        FieldCheck.requireSense(settings);
        ScanRequest request = request(baselines);
        JobResult result = ScanJob.run(request, site -> console.accept(site.progressLine()));
        for (SiteResult.GradedSite site : result.graded()) {
            console.accept("");
            site.summary().forEach(console);
        }
        console.accept("");
        result.sites().forEach(site -> site.files().forEach(file -> console.accept("Written: " + file)));
        if (!result.fileErrors().isEmpty()) {
            throw new IOException(String.join("; ", result.fileErrors()));
        }
        return record(result, request);
    }

    private ScanRequest request(Map<String, String> baselines) throws InvalidSettingException {
        RawOptions texts = new RawOptions(WorkspaceScan::spelled);
        texts.set(Option.OUTPUT_DIRECTORY, paths(List.of(DEFAULT_FOLDER)));
        for (Option option : settings.options()) {
            List<String> values = settings.texts(option);
            if (!values.isEmpty()) {
                texts.set(option, PATHS.contains(option) ? paths(values) : values);
            }
        }
        texts.setVerbatim(Option.API_KEY, settings.apiKey())
                .setVerbatim(Option.CLIENT_KEY_STORE_PASSWORD, settings.keyStorePassword())
                .proxies(settings.proxyEnvironment().proxies());
        auth(texts);
        if (settings.isFailOnRegression()) {
            texts.set(Option.FAIL_ON_REGRESSION, "true").baselines(reports(baselines));
        }
        boolean ownLimit = !settings.texts(Option.FAIL_BELOW).isEmpty()
                || !settings.texts(Option.MIN_SCORE).isEmpty();
        if (settings.unstableBelow().isPresent() && !ownLimit) {
            // The step's limit stands in for the engine's default one: below it a build is unstable, no more.
            texts.set(Option.FAIL_BELOW, Grade.F.label());
        }
        try {
            return ScanRequest.parse(texts);
        } catch (InvalidOptionException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()));
        }
    }

    /** As the step spells it: secrets come from credentials. */
    private static String spelled(Option option) {
        return switch (option) {
            case API_KEY -> "credentialsId";
            case AUTH -> "authCredentialsId";
            case CLIENT_KEY_STORE_PASSWORD -> "clientKeyStoreCredentialsId";
            default -> option.key();
        };
    }

    private void auth(RawOptions texts) throws InvalidSettingException {
        try {
            texts.auth(settings.auth());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("authCredentialsId: " + e.getMessage());
        }
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
                console.accept(url + ": the last successful build's report cannot be read, so nothing is compared: "
                        + e.getMessage());
            }
        });
        return reports;
    }

    private RunRecord record(JobResult result, ScanRequest request) {
        List<String> failures = new ArrayList<>();
        if (request.failOnError()) {
            failures.addAll(result.errors());
        } else {
            result.errors().forEach(error -> console.accept(error + " (a warning, because failOnError is false)"));
        }
        result.gateFailures().forEach(reason -> failures.add("gate closed: " + reason));
        List<String> unstable = unstable(result);
        List<SiteRecord> sites = new ArrayList<>();
        Map<String, String> reports = new LinkedHashMap<>();
        for (SiteResult site : result.sites()) {
            if (site instanceof SiteResult.GradedSite graded) {
                for (ReportFormat format : List.of(ReportFormat.JSON, ReportFormat.HTML)) {
                    reports.put(
                            RunRecord.reportName(sites.size(), format.extension()),
                            format.write(graded.report(), graded.gate()));
                }
                sites.add(graded(graded));
            } else {
                sites.add(SiteRecord.failed(site.target().input(), site.progressLine()));
            }
        }
        return new RunRecord(sites, failures, unstable, reports);
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

    private static SiteRecord graded(SiteResult.GradedSite site) {
        Report report = site.report();
        return new SiteRecord(
                site.target().input(),
                "",
                report.grade().label(),
                report.score(),
                report.complete(),
                site.gate().reasons(),
                site.gate().notes(),
                site.gate().waived().stream().map(waiver -> waiver.checkId()).toList(),
                report.categories().stream()
                        .map(category -> new CategoryRecord(
                                category.key(),
                                category.name(),
                                category.score(),
                                category.maxScore(),
                                category.grade()))
                        .toList());
    }
}
