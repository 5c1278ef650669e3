package dev.websentry.server.monitor;

import dev.websentry.server.account.Caller;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.error.SuccessResponse;
import jakarta.validation.Valid;
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
    private final MonitorService monitors;

    MonitorController(MonitorService monitors) {
        this.monitors = monitors;
    }

    @GetMapping
    @RequiresAccess(AccessLevel.SESSION)
    MonitorListResponse list(Caller.SessionCaller caller) {
        return new MonitorListResponse(
                true,
                monitors.findByAccount(caller.owner()).stream()
                        .map(MonitorView::of)
                        .toList());
    }

    @PostMapping
    @RequiresAccess(AccessLevel.SESSION)
    MonitorResponse create(Caller.SessionCaller caller, @Valid @RequestBody CreateMonitorRequest request) {
        return new MonitorResponse(true, MonitorView.of(monitors.create(caller.owner(), request)));
    }

    @PatchMapping("/{id}/toggle")
    @RequiresAccess(AccessLevel.SESSION)
    ToggleMonitorResponse toggle(Caller.SessionCaller caller, @PathVariable("id") String id) {
        return new ToggleMonitorResponse(
                true, monitors.toggle(caller.owner(), id).active() ? 1 : 0);
    }

    @PatchMapping("/{id}")
    @RequiresAccess(AccessLevel.SESSION)
    MonitorResponse update(
            Caller.SessionCaller caller,
            @PathVariable("id") String id,
            @Valid @RequestBody UpdateMonitorRequest request) {
        return new MonitorResponse(
                true, MonitorView.of(monitors.setEmailAlerts(caller.owner(), id, request.emailAlerts() == 1)));
    }

    @DeleteMapping("/{id}")
    @RequiresAccess(AccessLevel.SESSION)
    SuccessResponse delete(Caller.SessionCaller caller, @PathVariable("id") String id) {
        monitors.delete(caller.owner(), id);
        return SuccessResponse.OK;
    }

    /** The response with the account's monitors. */
    record MonitorListResponse(boolean ok, List<MonitorView> monitors) {}

    /** The response with one monitor. */
    record MonitorResponse(boolean ok, MonitorView monitor) {}

    /**
     * The response to pausing or resuming a monitor.
     *
     * @param isActive 1 if the monitor is active now, otherwise 0
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ToggleMonitorResponse(boolean ok, int isActive) {}
}
