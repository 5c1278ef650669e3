package dev.websentry.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The same tests with the other supported Maven versions, which start Maven some twenty times. */
@Tag("other-mavens")
class OtherMavenVersionsIT extends MavenVersionsIT {
    static List<MavenDistribution> mavens() {
        try {
            return MavenDistribution.others();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
