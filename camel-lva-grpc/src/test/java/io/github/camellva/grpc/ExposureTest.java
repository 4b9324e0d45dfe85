package io.github.camellva.grpc;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.thread.RecordingLogger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExposureTest {

    private final LvaGrpcConfiguration configuration = new LvaGrpcConfiguration();

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1:5001", "localhost:5001", "[::1]:5001" })
    void nobodyIsWarnedOfALoopbackAddress(String address) {
        configuration.setAddress(address);
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0:5001", "[::]:5001", "192.0.2.7:5001" })
    void aPublicAddressWithoutCredentialsIsWarnedOfAndSoIsSharedMemoryThere(String address) {
        configuration.setAddress(address);
        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(0)).contains("Route cameras listens on " + address, "without credentials", "username");
        assertThat(warnings().get(1)).contains(address, "shared memory", "/dev/shm", "sharedMemory=local");
    }

    @ParameterizedTest
    @ValueSource(strings = { "local", "false" })
    void sharedMemoryOfThisMachineOrOfNobodyIsNotWarnedOf(String sharedMemory) {
        configuration.setAddress("0.0.0.0:5001");
        configuration.setSharedMemory(sharedMemory);
        assertThat(warnings()).singleElement().asString().contains("without credentials");
    }

    @Test
    void aRouteThatStartsThereWarnsOnceOfEach() throws Exception {
        try (LoggedLines log = LoggedLines.record(); DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("lvagrpc:0.0.0.0:0").routeId("open").process(exchange -> { });
                }
            });
            context.start();
            assertThat(log.lines()).filteredOn(line -> line.contains("Route open listens on 0.0.0.0:0")).hasSize(2)
                    .allMatch(line -> line.startsWith("WARN"))
                    .anyMatch(line -> line.contains("without credentials")).anyMatch(line -> line.contains("takes shared memory"));
        }
    }

    @Test
    void credentialsEndTheWarning() {
        onlyCredentialsMatter();
        configuration.setUsername("camera");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void certificatesOfNodesEndTheWarning() {
        onlyCredentialsMatter();
        configuration.setTrustCertCollectionResource("file:nodes.crt");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void certificatesThatCamelsConfigurationRequiresEndTheWarningAndThoseItDoesNotRequireDoNot() {
        onlyCredentialsMatter();
        configuration.setSslContextParameters(new SSLContextParameters());
        assertThat(warnings()).hasSize(1);
        SSLContextServerParameters server = new SSLContextServerParameters();
        server.setClientAuthentication("REQUIRE");
        configuration.getSslContextParameters().setServerParameters(server);
        assertThat(warnings()).isEmpty();
    }

    private void onlyCredentialsMatter() {
        configuration.setAddress("0.0.0.0:5001");
        configuration.setSharedMemory("false");
    }

    private List<String> warnings() {
        List<String> lines = new ArrayList<>();
        Exposure.warn("cameras", configuration, RecordingLogger.into(lines));
        return lines;
    }
}
