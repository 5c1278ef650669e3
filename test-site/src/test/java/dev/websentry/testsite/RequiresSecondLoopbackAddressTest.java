package dev.websentry.testsite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RequiresSecondLoopbackAddressTest {
    /** Otherwise a build on Linux would pass without the tests of several addresses. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void linuxHasASecondLoopbackAddress() {
        assertTrue(RequiresSecondLoopbackAddress.Condition.isMet());
    }
}
