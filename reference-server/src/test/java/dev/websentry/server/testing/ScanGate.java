package dev.websentry.server.testing;

import dev.websentry.engine.ScanProgressListener;
import dev.websentry.engine.config.ScanException;
import dev.websentry.server.scan.SiteScanner;
import dev.websentry.testsite.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Holds the scans of servers in other processes before the engine starts them. A site that does not respond would hold
 * them, too, but only until the time limit of its request.
 */
public final class ScanGate implements AutoCloseable {
    static final String SETTING = "test.scan-gate";

    private final TestSite gate;
    private final String prefix;

    private ScanGate(String prefix, Consumer<String> onScan) {
        this.prefix = prefix;
        gate = TestSite.http(request -> {
            onScan.accept(request.getUrl().encodedPath().substring(1));
            return TestSite.page("go");
        });
    }

    /**
     * Starts a gate.
     *
     * @param prefix only scans of hosts with this prefix are held
     * @param onScan receives the host of each scan and returns when the scan may continue
     */
    public static ScanGate start(String prefix, Consumer<String> onScan) {
        return new ScanGate(prefix, onScan);
    }

    /** Returns the setting of servers whose scans wait at this gate. */
    public String setting() {
        return "--" + SETTING + "=http://127.0.0.1:" + gate.port() + "/" + prefix;
    }

    @Override
    public void close() {
        gate.close();
    }

    /**
     * Makes the scanners of a server wait at the gate of another process.
     *
     * @param gate the gate; its path is the prefix of the hosts
     */
    record WaitingScanners(URI gate) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof SiteScanner scanner)) {
                return bean;
            }
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            SiteScanner waiting = (id, target, progress) -> {
                String host = target.host().ascii();
                if (host.startsWith(gate.getPath().substring(1))) {
                    // The server forgets an interrupted scan that has not contacted its target.
                    progress.stageStarted(ScanProgressListener.ScanStage.SITE);
                    await(client, host);
                }
                return scanner.scan(id, target, progress);
            };
            return waiting;
        }

        private void await(HttpClient client, String host) throws ScanException {
            try {
                client.send(HttpRequest.newBuilder(gate.resolve(host)).build(), BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new ScanException(ScanException.ScanFailureReason.INTERRUPTED, "interrupted");
            }
        }
    }
}
