package dev.websentry.server.scan;

import dev.websentry.server.account.Account;
import dev.websentry.server.database.ForeignKeyViolations;
import dev.websentry.server.error.ApiException;
import dev.websentry.server.token.SecureTokens;
import java.time.Clock;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Shares scans: anyone who has the random token of the share link can read the report until the link is revoked. */
@Service
public class ShareService {
    private final JdbcClient db;
    private final ScanQueryService reader;
    private final Clock clock;

    ShareService(JdbcClient db, ScanQueryService reader, Clock clock) {
        this.db = db;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Shares a completed scan. A scan that is already shared keeps its token.
     *
     * @return the token
     * @throws ApiException 404 if the account has no such scan or the scan has no results
     */
    public String create(Account account, String scanId) {
        requireOwn(account, scanId);
        Optional<String> existing = findToken(scanId);
        if (existing.isPresent()) {
            return existing.get();
        }
        return insertShare(scanId);
    }

    /**
     * Inserts a share with a new token.
     *
     * @throws ApiException 404 if the scan has expired or was deleted with its account in the meantime
     */
    String insertShare(String scanId) {
        String token = SecureTokens.newId();
        try {
            db.sql("INSERT INTO share (token, scan_id, created_at) VALUES (:token, :scan, :now)")
                    .param("token", token)
                    .param("scan", scanId)
                    .param("now", clock.millis())
                    .update();
        } catch (DataAccessException e) {
            throw ForeignKeyViolations.isForeignKeyViolation(e) ? ScanQueryService.scanNotFound() : e;
        }
        return token;
    }

    /** Returns the token of a shared scan; empty if the scan is not shared. */
    public Optional<String> findToken(String scanId) {
        return db
                .sql("SELECT token FROM share WHERE scan_id = :scan AND revoked_at IS NULL ORDER BY created_at, token")
                .param("scan", scanId)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    /**
     * Revokes the share link of a scan.
     *
     * @throws ApiException 404 if the account has no such scan or the scan is not shared
     */
    public void revoke(Account account, String scanId) {
        requireOwn(account, scanId);
        int revoked = db.sql("UPDATE share SET revoked_at = :now WHERE scan_id = :scan AND revoked_at IS NULL")
                .param("now", clock.millis())
                .param("scan", scanId)
                .update();
        if (revoked == 0) {
            throw ApiException.notFound("This scan is not shared");
        }
    }

    /**
     * Returns the scan of a share link.
     *
     * @throws ApiException 404 if the token is unknown or was revoked
     */
    public Scan findSharedScan(String token) {
        return db.sql("SELECT " + ScanRepository.COLUMNS + " FROM share JOIN scan ON scan.id = share.scan_id"
                        + " WHERE share.token = :token AND share.revoked_at IS NULL")
                .param("token", token)
                .query((row, number) -> ScanRepository.mapRow(row))
                .optional()
                .orElseThrow(
                        () -> ApiException.notFound("Shared report not found; its share link may have been revoked"));
    }

    /** Returns a shared scan with its results. */
    public CompletedScan report(Scan shared) {
        return reader.report(shared);
    }

    private void requireOwn(Account account, String scanId) {
        Scan scan = reader.ownScan(account, scanId);
        if (scan.gradeSummary().isEmpty()) {
            throw ApiException.notFound("This scan has no results to share");
        }
    }
}
