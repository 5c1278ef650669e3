package dev.websentry.server.openapi;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.server.account.Plan;
import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import dev.websentry.server.quota.ScanQuotaService;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Serves the OpenAPI document and the documentation page. */
@Controller
class OpenApiController {
    private final String json;
    private final List<ApiGroup> groups;

    OpenApiController(OpenApiDocument document) {
        this.json = document.json().toString();
        this.groups = ApiGroup.of(ApiOperation.of(document.json()));
    }

    @GetMapping("/openapi.json")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<String> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json);
    }

    @GetMapping("/docs")
    @RequiresAccess(AccessLevel.ANYONE)
    String page(Model model) {
        model.addAttribute("groups", groups);
        model.addAttribute(
                "server",
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
        model.addAttribute("plans", Plan.values());
        model.addAttribute("anonymousScans", ScanQuotaService.ANONYMOUS_PER_DAY);
        model.addAttribute("freeScans", ScanQuotaService.FREE_PER_MONTH);
        model.addAttribute("categories", CheckCategory.values());
        model.addAttribute("grades", GradeRange.all());
        return "docs";
    }
}
