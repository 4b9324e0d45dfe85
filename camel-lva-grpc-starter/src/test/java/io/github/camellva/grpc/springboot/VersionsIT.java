package io.github.camellva.grpc.springboot;

import java.security.CodeSource;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the tests run on the versions that the build says, and not beside them; and on the jar that users get. */
class VersionsIT {

    @Test
    void springBootIsTheOneAskedFor() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.boot.version"));
    }

    @Test
    void camelIsTheOneAskedFor() {
        assertThat(new DefaultCamelContext(false).getVersion()).isEqualTo(System.getProperty("expected.camel.version"));
    }

    @Test
    void theStarterIsTheJar() {
        CodeSource source = LvaGrpcComponentAutoConfiguration.class.getProtectionDomain().getCodeSource();
        assertThat(source.getLocation().getPath()).endsWith(".jar");
    }
}
