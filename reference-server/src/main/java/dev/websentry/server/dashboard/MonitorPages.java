package dev.websentry.server.dashboard;

import dev.websentry.server.account.Account;
import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.ApiException;
import dev.websentry.server.monitor.Frequency;
import dev.websentry.server.monitor.Monitor;
import dev.websentry.server.monitor.Monitors;
import java.util.List;
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
class MonitorPages {
    private static final String REDIRECT = "redirect:/monitors?done=";

    private final Monitors monitors;

    MonitorPages(Monitors monitors) {
        this.monitors = monitors;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    ModelAndView list(Caller.SessionAccount caller) {
        return fillModel(new ModelAndView("monitors"), caller.owner()).addObject("frequency", Frequency.WEEKLY.wire());
    }

    @PostMapping
    @AllowedTo(Who.SESSION)
    ModelAndView add(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String frequency,
            Caller.SessionAccount caller) {
        try {
            monitors.create(caller.owner(), url, frequency);
            return new ModelAndView(REDIRECT + "monitor-added");
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("monitors", refused), caller.owner())
                    .addObject("url", url)
                    .addObject("frequency", frequency);
        }
    }

    @PostMapping("/{id}/toggle")
    @AllowedTo(Who.SESSION)
    ModelAndView toggle(@PathVariable("id") String id, Caller.SessionAccount caller) {
        try {
            boolean active = monitors.toggle(caller.owner(), id).active();
            return new ModelAndView(REDIRECT + (active ? "monitor-resumed" : "monitor-paused"));
        } catch (ApiException refused) {
            return fillModel(FormAnswer.refused("monitors", refused), caller.owner());
        }
    }

    @PostMapping("/{id}/delete")
    @AllowedTo(Who.SESSION)
    String delete(@PathVariable("id") String id, Caller.SessionAccount caller) {
        monitors.delete(caller.owner(), id);
        return REDIRECT + "monitor-deleted";
    }

    private ModelAndView fillModel(ModelAndView page, Account account) {
        List<Line> lines = monitors.of(account).stream().map(Line::of).toList();
        return page.addObject("monitors", lines)
                .addObject("limit", account.plan().monitors())
                .addObject("left", Math.max(0, account.plan().monitors() - lines.size()))
                .addObject(
                        "frequencies",
                        Stream.of(Frequency.values()).map(Frequency::wire).toList());
    }

    /** A row of the monitor list. */
    record Line(
            String id,
            String url,
            String frequency,
            boolean active,
            boolean pausedByPlan,
            @Nullable String grade,
            String tone,
            @Nullable String scanId,
            @Nullable String error,
            @Nullable When last,
            @Nullable When next) {
        static Line of(Monitor monitor) {
            String grade = monitor.last().grade().orElse(null);
            return new Line(
                    monitor.id(),
                    monitor.url(),
                    monitor.frequency().wire(),
                    monitor.active(),
                    monitor.pausedBy().filter(Monitor.PausedBy.PLAN::equals).isPresent(),
                    grade,
                    grade == null ? "none" : Tone.ofGrade(grade),
                    monitor.last().scanId().orElse(null),
                    monitor.last().error().orElse(null),
                    monitor.last().runAt().map(When::of).orElse(null),
                    monitor.active() ? When.of(monitor.nextDueAt()) : null);
        }
    }
}
