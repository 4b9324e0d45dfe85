package io.github.camellva.grpc;

import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the tests run on the Camel that was asked for by {@code -Dcamel.runtime}, and not beside it. */
class CamelVersionIT extends CamelTestSupport {

    @Test
    @EnabledIfSystemProperty(named = "camel.runtime", matches = ".+")
    void theTestsRunOnTheCamelAskedFor() {
        assertThat(context.getVersion()).isEqualTo(System.getProperty("camel.runtime"));
    }
}
