package dev.websentry.server.monitor;

import dev.websentry.server.account.AllowedTo;
import dev.websentry.server.account.AllowedTo.Who;
import dev.websentry.server.account.Caller;
import dev.websentry.server.answer.Ok;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** API endpoints for the caller's monitors. */
@RestController
@RequestMapping("/api/monitors")
class MonitorController {
    private final Monitors monitors;

    MonitorController(Monitors monitors) {
        this.monitors = monitors;
    }

    @GetMapping
    @AllowedTo(Who.SESSION)
    MonitorList list(Caller.SessionAccount caller) {
        return new MonitorList(
                true, monitors.of(caller.owner()).stream().map(MonitorView::of).toList());
    }

    @PostMapping
    @AllowedTo(Who.SESSION)
    MonitorAnswer create(Caller.SessionAccount caller, @RequestBody NewMonitor request) {
        return new MonitorAnswer(
                true, MonitorView.of(monitors.create(caller.owner(), request.url(), request.frequency())));
    }

    @PatchMapping("/{id}/toggle")
    @AllowedTo(Who.SESSION)
    Toggled toggle(Caller.SessionAccount caller, @PathVariable("id") String id) {
        return new Toggled(true, monitors.toggle(caller.owner(), id).active() ? 1 : 0);
    }

    @DeleteMapping("/{id}")
    @AllowedTo(Who.SESSION)
    Ok delete(Caller.SessionAccount caller, @PathVariable("id") String id) {
        monitors.delete(caller.owner(), id);
        return Ok.OK;
    }

    /** The response with the account's monitors. */
    record MonitorList(boolean ok, List<MonitorView> monitors) {}

    /** The response with one monitor. */
    record MonitorAnswer(boolean ok, MonitorView monitor) {}

    /**
     * The response to pausing or resuming a monitor.
     *
     * @param isActive 1 if the monitor is active now, otherwise 0
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Toggled(boolean ok, int isActive) {}
}
