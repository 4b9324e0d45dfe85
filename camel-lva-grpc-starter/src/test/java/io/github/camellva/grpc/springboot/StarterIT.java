package io.github.camellva.grpc.springboot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.LvaGrpcComponent;
import io.github.camellva.grpc.LvaGrpcConfiguration;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The starter in an application, on the Spring Boot that the build chose. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StarterIT {

    private static final String PREFIX = "camel.component.lvagrpc.";

    @Test
    void framesAreAnsweredByARouteOfTheApplication() throws Exception {
        try (Extension extension = Extension.start()) {
            assertThat(send(extension)).singleElement().isInstanceOfSatisfying(Inference.class,
                    inference -> assertThat(inference.getClassification().getTag().getValue()).isEqualTo("seen"));
        }
    }

    @Test
    void framesAreCountedInTheMetersOfTheApplication() throws Exception {
        try (Extension extension = Extension.start()) {
            send(extension);
            assertThat(answered(extension.bean(MeterRegistry.class))).isEqualTo(1);
        }
    }

    @Test
    void ofSeveralRegistriesOfMetersThePrimaryOneIsUsed() throws Exception {
        Class<?>[] sources = { Extension.Application.class, TwoRegistries.class };
        try (Extension extension = Extension.start(sources)) {
            send(extension);
            assertThat(extension.bean(MeterRegistry.class)).isInstanceOfSatisfying(CompositeMeterRegistry.class,
                    registries -> assertThat(registries.getRegistries()).hasSize(2)
                            .allSatisfy(registry -> assertThat(answered(registry)).isEqualTo(1)));
        }
    }

    @Test
    void everyPropertyIsSetOnTheComponent() {
        try (Extension extension = Extension.start(
                PREFIX + "bridge-error-handler=true", PREFIX + "lazy-start-producer=true", PREFIX + "autowired-enabled=false",
                PREFIX + "max-metered-pipelines=5", PREFIX + "health-check-consumer-enabled=false",
                PREFIX + "health-check-producer-enabled=false", PREFIX + "use-global-ssl-context-parameters=true")) {
            LvaGrpcComponent component = extension.component();
            assertThat(component.isBridgeErrorHandler()).isTrue();
            assertThat(component.isLazyStartProducer()).isTrue();
            assertThat(component.isAutowiredEnabled()).isFalse();
            assertThat(component.getMaxMeteredPipelines()).isEqualTo(5);
            assertThat(component.isHealthCheckConsumerEnabled()).isFalse();
            assertThat(component.isHealthCheckProducerEnabled()).isFalse();
            assertThat(component.isUseGlobalSslContextParameters()).isTrue();
        }
    }

    @Test
    void whatEndpointsHaveInCommonIsAProperty() {
        try (Extension extension = Extension.start(PREFIX + "host=127.0.0.1", PREFIX + "port=0", PREFIX + "max-in-flight=3",
                PREFIX + "shared-memory-size-mi-b=40", PREFIX + "overflow=skip", PREFIX + "maximum-samples-per-second=2.5")) {
            LvaGrpcConfiguration common = extension.component().getConfiguration();
            assertThat(common.getHost()).isEqualTo("127.0.0.1");
            assertThat(common.getPort()).isZero();
            assertThat(common.getMaxInFlight()).isEqualTo(3);
            assertThat(common.getSharedMemorySizeMiB()).isEqualTo(40);
            assertThat(common.getOverflow()).isEqualTo("skip");
            assertThat(common.getMaximumSamplesPerSecond()).isEqualTo(2.5);
            assertThat(common.getMaxSessions()).isEqualTo(1000);
        }
    }

    @Test
    void aBeanIsReferredToByItsName() {
        Class<?>[] sources = { Extension.Application.class, Tls.class };
        try (Extension extension = Extension.start(
                sources, PREFIX + "ssl-context-parameters=#edgeTls", "camel.springboot.auto-startup=false")) {
            assertThat(extension.component().getConfiguration().getSslContextParameters())
                    .isSameAs(extension.bean(SSLContextParameters.class));
        }
    }

    @Test
    void whatIsNotSetStaysAsTheApplicationsOwnComponentHasIt() {
        Class<?>[] sources = { Extension.Application.class, OwnComponent.class };
        try (Extension extension = Extension.start(sources, PREFIX + "lazy-start-producer=true")) {
            assertThat(extension.component().getMaxMeteredPipelines()).isEqualTo(7);
            assertThat(extension.component().isLazyStartProducer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "camel.component.enabled", PREFIX + "enabled", "camel.component.customizer.enabled",
                             PREFIX + "customizer.enabled" })
    void switchedOffItLeavesTheComponentAsItIs(String what) {
        try (Extension extension = Extension.start(what + "=false", PREFIX + "max-metered-pipelines=5")) {
            assertThat(extension.component().getMaxMeteredPipelines()).isEqualTo(100);
        }
    }

    @Test
    void theHealthOfTheRouteIsInThatOfTheApplication() throws Exception {
        try (Extension extension = Extension.start(
                "spring.main.web-application-type=servlet", "server.port=0",
                "management.endpoint.health.show-details=always", "camel.health.exposure-level=full")) {
            JsonNode health = get(extension, "/actuator/health").get("components").get("camelHealth");
            assertThat(health.get("status").asText()).isEqualTo("UP");
            assertThat(health.get("details").get("consumer:extension").asText()).isEqualTo("UP");
            JsonNode details = health.get("details").get("consumer:extension.data");
            assertThat(details.get("port").asInt()).isEqualTo(extension.port());
            assertThat(details.get("sessions").asInt()).isZero();
        }
    }

    @Test
    void withoutExposureLevelARouteIsInTheHealthOfTheApplicationOnlyWhileItIsDown() throws Exception {
        try (Extension extension = Extension.start(
                "spring.main.web-application-type=servlet", "server.port=0", "management.endpoint.health.show-details=always",
                "extension.broken=true", PREFIX + "health-window=1")) {
            assertThat(get(extension, "/actuator/health").at("/components/camelHealth/details").toString()).contains("context")
                    .doesNotContain("consumer:");
            assertThat(send(extension)).as("not processed").isNull();
            JsonNode health = get(extension, "/actuator/health").at("/components/camelHealth");
            assertThat(health.get("status").asText()).isEqualTo("DOWN");
            assertThat(health.toString()).contains("consumer:extension", "1 of the last 1 frames failed");
        }
    }

    @Test
    void aPropertyThatIsNoneIsNamedWithThoseThatAre(CapturedOutput output) {
        assertThatThrownBy(() -> Extension.start(PREFIX + "max-metered-pipeline=5", PREFIX + "max-in-flite=4"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(PREFIX + "max-metered-pipeline (", "from property source \"commandLineArgs\")"
                                                             + " is no property of the component lvagrpc")
                .contains(PREFIX + "max-in-flite (")
                .contains("Accepted are:", PREFIX + "max-metered-pipelines\n", PREFIX + "customizer.enabled\n")
                .contains("the URI of a route overrides them, for instance lvagrpc:0.0.0.0:5001?maxInFlight=4");
    }

    @Test
    void aValueThatIsNotAcceptedIsNamedWithItsProperty(CapturedOutput output) {
        assertThatThrownBy(() -> Extension.start(PREFIX + "max-metered-pipelines=many"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START", PREFIX + "max-metered-pipelines\n", "\"many\"", "java.lang.Integer");
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Extension.start("extension.port=" + taken.getLocalPort()));
            assertThat(output).contains("APPLICATION FAILED TO START", "Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ",
                    "Another program or route may listen there, choose another port. To have Camel try until the address is free, set"
                                                                    + " camel.routecontroller.enabled=true");
            assertThat(output.getAll().lines()).as("without stack traces").noneMatch(line -> line.startsWith("\tat "));
        }
    }

    @Test
    void theRouteControllerTriesUntilThePortIsFree() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (taken; Extension extension = Extension.start(
                "extension.port=" + taken.getLocalPort(), "camel.routecontroller.enabled=true",
                "camel.routecontroller.back-off-delay=50", "camel.routecontroller.initial-delay=50")) {
            taken.close();
            await().untilAsserted(() -> assertThat(send(extension)).hasSize(1));
        }
    }

    /** Returns what the extension says of a frame. */
    private static List<?> send(Extension extension) throws Exception {
        try (CamelContext camera = new DefaultCamelContext(); ProducerTemplate template = camera.createProducerTemplate()) {
            camera.start();
            Exchange answer = template.request("lvagrpc:127.0.0.1:" + extension.port(), exchange -> {
                exchange.getMessage().setBody(new byte[4 * 2 * 3]);
                exchange.getMessage().setHeader(LvaGrpcConstants.WIDTH, 4);
                exchange.getMessage().setHeader(LvaGrpcConstants.HEIGHT, 2);
            });
            assertThat(answer.getException()).isNull();
            return answer.getMessage().getBody(List.class);
        }
    }

    private static double answered(MeterRegistry registry) {
        return registry.get("camel.lvagrpc.frames").tag("outcome", "answered").functionCounter().count();
    }

    private static JsonNode get(Extension extension, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + extension.property("local.server.port") + path);
        return new ObjectMapper().readTree(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    static class TwoRegistries {

        @Bean
        MeterRegistry one() {
            return new SimpleMeterRegistry();
        }

        @Bean
        MeterRegistry other() {
            return new SimpleMeterRegistry();
        }
    }

    static class Tls {

        @Bean
        SSLContextParameters edgeTls() {
            return new SSLContextParameters();
        }
    }

    static class OwnComponent {

        @Bean
        LvaGrpcComponent lvagrpc() {
            LvaGrpcComponent component = new LvaGrpcComponent();
            component.setMaxMeteredPipelines(7);
            return component;
        }
    }
}
