package dev.websentry.jenkins;

import dev.websentry.engine.gate.GateResult;
import dev.websentry.engine.gate.Waiver;
import dev.websentry.engine.output.ReportFormat;
import dev.websentry.engine.output.wording.TextSanitizer;
import dev.websentry.engine.report.Report;
import dev.websentry.engine.report.ReportJsonReader;
import dev.websentry.engine.syntax.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the result of a scan on the agent and decodes it on the controller. An agent is not trusted: it runs the code
 * of any build. Therefore the result is a compressed message of texts without types and file names, and the controller
 * limits the size of everything, parses every report and derives grade, score and categories from it.
 */
public final class AgentResultCodec {
    /** The maximum number of sites of one step. */
    public static final int MAX_SITES = 1_000;

    static final int MAX_MESSAGE_BYTES = 16 << 20;
    static final int MAX_REPORT_BYTES = 4 << 20;
    static final int MAX_TOTAL_BYTES = 64 << 20;
    /** Longer texts of the record are shortened: they are reasons and notes, which are one line each. */
    static final int MAX_TEXT_LENGTH = 4_000;

    static final int MAX_LINES = 10_000;
    private static final int MAX_SCORE = 100;

    private AgentResultCodec() {}

    /**
     * Encodes a result.
     *
     * @throws InvalidSettingException if the result is too large for the controller
     */
    public static byte[] encode(AgentScanResult result) throws InvalidSettingException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        long total = 0;
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(message))) {
            total += write(out, BuildRecordJson.write(result.record()));
            out.writeInt(result.reports().size());
            for (String report : result.reports()) {
                total += write(out, report);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        if (total > MAX_TOTAL_BYTES || message.size() > MAX_MESSAGE_BYTES) {
            throw new InvalidSettingException("urls: the reports of "
                    + result.reports().size() + " sites are too large for one step; scan fewer URLs in each step");
        }
        return message.toByteArray();
    }

    /** Encodes the message about an invalid setting. */
    public static byte[] encode(InvalidSettingException problem) {
        try {
            return encode(AgentScanResult.invalidSetting(problem));
        } catch (InvalidSettingException e) {
            throw new IllegalStateException("one line is never too large", e);
        }
    }

    private static int write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        return bytes.length;
    }

    /**
     * Decodes what an agent returned.
     *
     * @param received the object from the agent, of any type
     * @throws InvalidAgentResultException if it is not a result, or if it exceeds a limit
     */
    public static AgentScanResult decode(@Nullable Object received) throws InvalidAgentResultException {
        if (!(received instanceof byte[] message)) {
            throw new InvalidAgentResultException("unexpected type");
        }
        if (message.length > MAX_MESSAGE_BYTES) {
            throw new InvalidAgentResultException("the message is larger than " + MAX_MESSAGE_BYTES + " bytes");
        }
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(message)))) {
            MessageReader reader = new MessageReader(in);
            BuildRecord record = BuildRecordJson.read(reader.text());
            int count = in.readInt();
            if (count < 0 || count > MAX_SITES || count != record.sites().size()) {
                throw new InvalidAgentResultException("unexpected number of reports");
            }
            List<String> reports = new ArrayList<>();
            List<SiteRecord> sites = new ArrayList<>();
            for (SiteRecord sent : record.sites()) {
                String url = line(sent.url());
                String report = reader.text();
                if (sent.isGraded()) {
                    Report parsed = report(report);
                    GateResult gate = gate(sent.gate());
                    sites.add(SiteRecord.graded(url, parsed, gate));
                    // Written anew, so that only known fields are stored.
                    reports.add(ReportFormat.JSON.write(parsed, gate));
                } else {
                    sites.add(SiteRecord.failed(url, line(sent.error())));
                    reports.add("");
                }
            }
            return new AgentScanResult(
                    new BuildRecord(sites, lines(record.failures()), lines(record.unstable())), reports);
        } catch (IOException e) {
            throw new InvalidAgentResultException("the message is damaged or incomplete");
        } catch (ReportJsonReader.InvalidReportException e) {
            throw new InvalidAgentResultException("a report is not valid");
        } catch (RuntimeException e) {
            // Whatever a parser did not expect: the details are the agent's text and are not repeated.
            throw new InvalidAgentResultException("the content is not valid");
        }
    }

    /** Reads texts with a length in front, as long as all of them together are small enough. */
    private static final class MessageReader {
        private final DataInputStream in;
        private int remaining = MAX_TOTAL_BYTES;

        MessageReader(DataInputStream in) {
            this.in = in;
        }

        String text() throws IOException, InvalidAgentResultException {
            int length = in.readInt();
            if (length < 0 || length > MAX_REPORT_BYTES || length > remaining) {
                throw new InvalidAgentResultException("a text is too large");
            }
            remaining -= length;
            // Grows with the data that arrives, so that a length does not reserve memory.
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new InvalidAgentResultException("the message is damaged or incomplete");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Report report(String json)
            throws InvalidAgentResultException, ReportJsonReader.InvalidReportException {
        Report report = ReportJsonReader.read(json);
        if (!isScore(report.score()) || !isScore(report.rawScore())) {
            throw new InvalidAgentResultException("a score is not between 0 and 100");
        }
        return report;
    }

    private static GateResult gate(GateResult sent) throws InvalidAgentResultException {
        if (!isScore(sent.score())) {
            throw new InvalidAgentResultException("a score is not between 0 and 100");
        }
        requireFew(sent.waived());
        List<Waiver> waived = new ArrayList<>();
        for (Waiver waiver : sent.waived()) {
            waived.add(
                    new Waiver(line(waiver.checkId()), lines(waiver.hosts()), line(waiver.reason()), waiver.until()));
        }
        return new GateResult(sent.score(), lines(sent.reasons()), lines(sent.notes()), waived);
    }

    private static boolean isScore(int score) {
        return score >= 0 && score <= MAX_SCORE;
    }

    private static List<String> lines(List<String> texts) throws InvalidAgentResultException {
        requireFew(texts);
        return texts.stream().map(AgentResultCodec::line).toList();
    }

    private static void requireFew(List<?> elements) throws InvalidAgentResultException {
        if (elements.size() > MAX_LINES) {
            throw new InvalidAgentResultException("a list is too long");
        }
    }

    private static String line(String text) {
        return TextSanitizer.singleLine(Excerpt.of(text, MAX_TEXT_LENGTH));
    }
}
