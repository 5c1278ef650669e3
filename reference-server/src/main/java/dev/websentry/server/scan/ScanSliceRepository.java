package dev.websentry.server.scan;

import dev.websentry.server.error.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads pages of scans with keyset pagination. A page begins after the last scan of the previous page and not at an
 * offset, so that new scans do not shift pages and all pages cost the same.
 */
@Repository
class ScanSliceRepository {
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,16})-([0-9a-f]{32})");

    private final JdbcClient db;

    ScanSliceRepository(JdbcClient db) {
        this.db = db;
    }

    /**
     * Returns a page of scans.
     *
     * @throws ApiException 400 if the cursor is malformed
     */
    ScanSlice findSlice(String accountId, ScanSlice.ScanSliceQuery query) {
        Matcher cursor = CURSOR.matcher(query.after().orElse(""));
        if (query.after().isPresent() && !cursor.matches()) {
            throw ApiException.invalidRequest(
                    "The parameter 'after' is invalid: expected the value of 'next' of the previous page");
        }
        List<Scan> found = db.sql("SELECT " + ScanRepository.COLUMNS + " FROM scan WHERE account_id = :account"
                        + (query.site().isPresent() ? " AND site = :site" : "")
                        + (query.after().isPresent() ? " AND (created_at, id) < (:created, :id)" : "")
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                .param("account", accountId)
                .param("site", query.site().orElse(null))
                .param("created", query.after().isPresent() ? Long.parseLong(cursor.group(1)) : 0L)
                .param("id", query.after().isPresent() ? cursor.group(2) : "")
                .param("limit", query.limit() + 1)
                .query((row, number) -> ScanRepository.mapRow(row))
                .list();
        if (found.size() <= query.limit()) {
            return new ScanSlice(found, Optional.empty());
        }
        List<Scan> scans = found.subList(0, query.limit());
        Scan last = scans.get(scans.size() - 1);
        return new ScanSlice(scans, Optional.of(last.createdAt().toEpochMilli() + "-" + last.id()));
    }
}
