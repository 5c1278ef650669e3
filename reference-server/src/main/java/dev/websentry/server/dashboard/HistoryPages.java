package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.scan.ScanPage;
import dev.websentry.server.scan.ScanReader;
import dev.websentry.server.scan.ScanReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
class HistoryPages {
    private static final int PAGE_SIZE = 50;

    private final ScanReader reader;
    private final Sites sites;

    HistoryPages(ScanReader reader, Sites sites) {
        this.reader = reader;
        this.sites = sites;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    ModelAndView sites(Caller.SessionAccount caller) {
        return new ModelAndView("history")
                .addObject("sites", sites.of(caller.owner().id()));
    }

    @GetMapping(params = "site")
    @AllowedTo(Who.SESSION)
    ModelAndView site(
            @RequestParam String site,
            @RequestParam(required = false) Optional<String> after,
            Caller.SessionAccount caller) {
        Account account = caller.owner();
        ScanPage part = reader.page(account, new ScanPage.Query(Optional.of(site), after, PAGE_SIZE));
        if (part.scans().isEmpty() && after.isEmpty()) {
            throw ApiException.notFound("You have no scans of " + site);
        }
        List<ScanLine> scans = part.scans().stream().map(ScanLine::of).toList();
        List<ScanLine> done = new ArrayList<>(
                scans.stream().filter(scan -> scan.grade() != null).toList());
        Collections.reverse(done);
        return new ModelAndView("site")
                .addObject("site", site)
                .addObject("scans", scans)
                .addObject("done", done)
                .addObject("chart", ScoreChart.of(done))
                .addObject("next", part.next().orElse(null));
    }

    @GetMapping("/compare")
    @AllowedTo(Who.SESSION)
    ModelAndView compare(@RequestParam String before, @RequestParam String now, Caller.SessionAccount caller) {
        ScanReport one = reader.report(caller, before);
        ScanReport other = reader.report(caller, now);
        boolean swapped = one.scan().createdAt().isAfter(other.scan().createdAt());
        ScanReport earlier = swapped ? other : one;
        ScanReport later = swapped ? one : other;
        if (!earlier.scan().site().equals(later.scan().site())) {
            throw ApiException.invalid("The scans are of different sites, "
                    + earlier.scan().site() + " and " + later.scan().site() + "; choose two scans of the same site");
        }
        return new ModelAndView("compare")
                .addObject("site", later.scan().site())
                .addObject("before", ScanLine.of(earlier.scan()))
                .addObject("now", ScanLine.of(later.scan()))
                .addObject("changes", Comparison.of(earlier.report(), later.report()));
    }
}
