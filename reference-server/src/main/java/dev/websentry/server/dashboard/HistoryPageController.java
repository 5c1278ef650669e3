package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.scan.CompletedScan;
import dev.websentry.server.scan.ScanQueryService;
import dev.websentry.server.scan.ScanSlice;
import dev.websentry.server.scan.SiteHistoryRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Serves the scan history of an account: its sites, the scores of a site over time, and the comparison of two scans.
 */
@Controller
@RequestMapping("/history")
class HistoryPageController {
    private static final int PAGE_SIZE = 50;

    private final ScanQueryService reader;
    private final SiteHistoryRepository sites;
    private final Clock clock;

    HistoryPageController(ScanQueryService reader, SiteHistoryRepository sites, Clock clock) {
        this.reader = reader;
        this.sites = sites;
        this.clock = clock;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView sites(Caller.SessionCaller caller) {
        return new ModelAndView("history")
                .addObject(
                        "sites",
                        sites.findLatest(caller.owner().id()).stream()
                                .map(SiteListItem::of)
                                .toList());
    }

    @GetMapping(params = "site")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView site(
            @RequestParam String site,
            @RequestParam(required = false) Optional<String> after,
            Caller.SessionCaller caller) {
        Account account = caller.owner();
        ScanSlice part = reader.findSlice(account, new ScanSlice.ScanSliceQuery(Optional.of(site), after, PAGE_SIZE));
        if (part.scans().isEmpty() && after.isEmpty()) {
            throw ApiException.notFound("You have no scans of " + site);
        }
        List<ScanListItem> scans = ScanListItem.of(part.scans());
        List<ScanListItem> done = new ArrayList<>(
                scans.stream().filter(scan -> scan.grade() != null).toList());
        Collections.reverse(done);
        Map<String, CertificateEnd> certificates = certificates(account, site);
        boolean current = after.isEmpty();
        return new ModelAndView("site")
                .addObject("site", site)
                .addObject("scans", scans)
                .addObject("done", done)
                .addObject("chart", ScoreChart.of(done, certificates, current))
                .addObject("certificates", certificates)
                .addObject("current", current)
                .addObject("next", part.next().orElse(null));
    }

    private Map<String, CertificateEnd> certificates(Account account, String site) {
        Instant now = clock.instant();
        return sites.findCertificateEnds(account.id(), site).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> CertificateEnd.of(end.getValue(), now)));
    }

    @GetMapping("/compare")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView compare(@RequestParam String before, @RequestParam String now, Caller.SessionCaller caller) {
        CompletedScan one = reader.report(caller, before);
        CompletedScan other = reader.report(caller, now);
        boolean swapped = one.scan().createdAt().isAfter(other.scan().createdAt());
        CompletedScan earlier = swapped ? other : one;
        CompletedScan later = swapped ? one : other;
        if (!earlier.scan().site().equals(later.scan().site())) {
            throw ApiException.invalidRequest("The scans are of different sites, "
                    + earlier.scan().site() + " and " + later.scan().site() + "; choose two scans of the same site");
        }
        return new ModelAndView("compare")
                .addObject("site", later.scan().site())
                .addObject("scans", ScanListItem.of(List.of(earlier.scan(), later.scan())))
                .addObject("changes", ReportComparison.of(earlier.report(), later.report()));
    }
}
