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

/** Monitors over the API. */
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
    MonitorAnswer create(Caller.SessionAccount caller, @RequestBody NewMonitor wanted) {
        return new MonitorAnswer(
                true, MonitorView.of(monitors.create(caller.owner(), wanted.url(), wanted.frequency())));
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

    /** The list's envelope. */
    record MonitorList(boolean ok, List<MonitorView> monitors) {}

    /** One monitor's envelope. */
    record MonitorAnswer(boolean ok, MonitorView monitor) {}

    /** Whether it is active now. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Toggled(boolean ok, int isActive) {}
}
