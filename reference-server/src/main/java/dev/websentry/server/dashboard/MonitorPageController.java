package dev.websentry.server.dashboard;

import dev.websentry.engine.output.wording.ReportColor;
import dev.websentry.server.account.Account;
import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.dashboard.MonitorStatuses.MonitorStatus;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.monitor.Frequency;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.MonitorService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Serves the page that lists, adds, pauses and deletes monitors. */
@Controller
@RequestMapping("/monitors")
class MonitorPageController {
    private static final String REDIRECT = "redirect:/monitors?done=";

    private final MonitorService monitors;
    private final MonitorStatuses statuses;

    MonitorPageController(MonitorService monitors, MonitorStatuses statuses) {
        this.monitors = monitors;
        this.statuses = statuses;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView list(Caller.SessionCaller caller) {
        return fillModel(new ModelAndView("monitors"), caller.owner())
                .addObject("frequency", Frequency.WEEKLY.wireName());
    }

    @PostMapping
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView add(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String frequency,
            @RequestParam(defaultValue = "") String alerts,
            Caller.SessionCaller caller) {
        try {
            monitors.create(caller.owner(), url, frequency, !alerts.isEmpty());
            return new ModelAndView(REDIRECT + "monitor-added");
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("monitors", refused), caller.owner())
                    .addObject("url", url)
                    .addObject("frequency", frequency)
                    .addObject("alerts", !alerts.isEmpty());
        }
    }

    @PostMapping("/{id}/alerts")
    @RequiresAccess(AccessLevel.SESSION)
    String setAlerts(
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String alerts,
            Caller.SessionCaller caller) {
        boolean on =
                monitors.setEmailAlerts(caller.owner(), id, alerts.equals("on")).emailAlerts();
        return REDIRECT + (on ? "alerts-on" : "alerts-off");
    }

    @PostMapping("/{id}/toggle")
    @RequiresAccess(AccessLevel.SESSION)
    ModelAndView toggle(@PathVariable("id") String id, Caller.SessionCaller caller) {
        try {
            boolean active = monitors.toggle(caller.owner(), id).active();
            return new ModelAndView(REDIRECT + (active ? "monitor-resumed" : "monitor-paused"));
        } catch (ApiException refused) {
            return fillModel(FormErrorModel.of("monitors", refused), caller.owner());
        }
    }

    @PostMapping("/{id}/delete")
    @RequiresAccess(AccessLevel.SESSION)
    String delete(@PathVariable("id") String id, Caller.SessionCaller caller) {
        monitors.delete(caller.owner(), id);
        return REDIRECT + "monitor-deleted";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        List<Monitor> found = monitors.findByAccount(account);
        Map<String, MonitorStatus> status = statuses.of(found);
        List<MonitorListItem> lines = found.stream()
                .map(monitor -> MonitorListItem.of(monitor, Objects.requireNonNull(status.get(monitor.id()))))
                .toList();
        return page.addObject("monitors", lines)
                .addObject("alerts", true)
                .addObject("days", MonitorStatuses.DAYS)
                .addObject("limit", account.plan().maxMonitors())
                .addObject("left", Math.max(0, account.plan().maxMonitors() - lines.size()))
                .addObject(
                        "frequencies",
                        Stream.of(Frequency.values()).map(Frequency::wireName).toList());
    }

    /** A row of the monitor list. */
    record MonitorListItem(
            String id,
            String url,
            String frequency,
            boolean active,
            boolean pausedByPlan,
            boolean alerts,
            @Nullable String grade,
            String tone,
            @Nullable String scanId,
            @Nullable String error,
            @Nullable DisplayTime last,
            @Nullable DisplayTime next,
            MonitorStatus status) {
        static MonitorListItem of(Monitor monitor, MonitorStatus status) {
            String grade = monitor.last().grade().orElse(null);
            return new MonitorListItem(
                    monitor.id(),
                    monitor.url(),
                    monitor.frequency().wireName(),
                    monitor.active(),
                    monitor.pausedBy().filter(Monitor.PausedBy.PLAN::equals).isPresent(),
                    monitor.emailAlerts(),
                    grade,
                    grade == null ? "none" : ReportColor.ofGradeLabel(grade).cssClass(),
                    monitor.last().scanId().orElse(null),
                    monitor.last().error().orElse(null),
                    monitor.last().runAt().map(DisplayTime::of).orElse(null),
                    monitor.active() ? DisplayTime.of(monitor.nextDueAt()) : null,
                    status);
        }
    }
}
