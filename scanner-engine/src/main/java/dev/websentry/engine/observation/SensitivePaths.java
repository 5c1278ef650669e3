package dev.websentry.engine.observation;

import java.util.List;

/** The well-known sensitive paths that a scan requests. At most twenty, so that a scan does not resemble an attack. */
public final class SensitivePaths {
    /** The paths, in the order of requests. */
    public static final List<String> ALL = List.of(
            "/.git/HEAD",
            "/.git/config",
            "/.env",
            "/.aws/credentials",
            "/WEB-INF/web.xml",
            "/actuator",
            "/actuator/env",
            "/id_rsa",
            "/.ssh/id_rsa",
            "/server.key",
            "/privkey.pem",
            "/backup.sql",
            "/dump.sql",
            "/database.sql",
            "/backup.zip",
            "/server-status",
            "/phpinfo.php",
            "/info.php",
            "/.DS_Store",
            "/.svn/entries");

    private SensitivePaths() {}
}
