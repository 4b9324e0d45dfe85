package io.github.camellva.tools.check.extension;

import io.github.camellva.tools.Lva;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A route of this project keeps every rule. */
class OurExtensionIT {

    @Test
    void itKeepsEveryRule() throws Exception {
        try (OurExtension extension = new OurExtension("")) {
            assertThat(Lva.run("check", "extension", "127.0.0.1:" + extension.port(), "--strict", "--verbose", "--hostile", "--html", "target/lva-report.html")).isEqualTo(0);
        }
    }
}
