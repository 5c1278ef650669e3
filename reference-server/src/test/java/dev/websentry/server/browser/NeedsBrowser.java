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
 * Leaves a test out where there is no browser, and says so where nobody can miss it. With
 * {@code -Dwebsentry.browser=required} it runs, and fails for want of one.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
@interface NeedsBrowser {
    /** Whether the machine has what {@link Browser} starts. */
    final class Condition implements ExecutionCondition {
        private static final AtomicBoolean SAID = new AtomicBoolean();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Browser.isInstalled() || Browser.isRequired()) {
                return ConditionEvaluationResult.enabled("there is a browser, or there has to be");
            }
            String reason =
                    "LEFT OUT: the browser tests. Install chromium and chromium-driver (as .ci/run does) to run them.";
            if (SAID.compareAndSet(false, true)) {
                System.out.println("\n*** " + reason + "\n");
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
