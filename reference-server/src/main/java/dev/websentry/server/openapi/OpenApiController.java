package dev.websentry.server.openapi;

import dev.websentry.server.account.RequiresAccess;
import dev.websentry.server.account.RequiresAccess.AccessLevel;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Serves the OpenAPI document and the documentation page. */
@Controller
class OpenApiController {
    private final String json;
    private final List<ApiOperation> operations;

    OpenApiController(OpenApiDocument document) {
        this.json = document.json().toString();
        this.operations = ApiOperation.of(document.json());
    }

    @GetMapping("/openapi.json")
    @RequiresAccess(AccessLevel.ANYONE)
    ResponseEntity<String> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json);
    }

    @GetMapping("/docs")
    @RequiresAccess(AccessLevel.ANYONE)
    String page(Model model) {
        model.addAttribute("operations", operations);
        return "docs";
    }
}
