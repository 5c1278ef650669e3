package dev.websentry.engine.observe;

import java.util.List;

/** The paths that are asked for where nobody should find anything. Twenty at most: a scan is no attack. */
public final class SensitivePaths {
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
