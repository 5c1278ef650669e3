package dev.websentry.server.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test with a message on standard output if no browser is installed. With {@code -Dwebsentry.browser=required}
 * the test runs, and fails without a browser.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresBrowser.BrowserInstalledCondition.class)
@interface RequiresBrowser {
    /** Enables the test if Chromium and its driver are installed or required. */
    final class BrowserInstalledCondition implements ExecutionCondition {
        private static final AtomicBoolean REPORTED = new AtomicBoolean();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Browser.isInstalled() || Browser.isRequired()) {
                return ConditionEvaluationResult.enabled("a browser is installed or required");
            }
            String reason =
                    "SKIPPED: the browser tests. Install chromium and chromium-driver (as .ci/run does) to run them.";
            if (REPORTED.compareAndSet(false, true)) {
                System.out.println("\n*** " + reason + "\n");
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
