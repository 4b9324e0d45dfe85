package io.github.camellva.onnx;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import javax.management.ObjectName;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.onnx.demo.BrightBlobs;
import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.onnx.detect.Layout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an operator sees of models. */
@Timeout(60)
class OperationsIT extends CamelTestSupport {

    @TempDir
    static Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getRegistry().bind("meters", meters);
        created.getComponent("lvaonnx", LvaOnnxComponent.class).setHealthCheckProducerEnabled(true);
        assertThat(HealthCheckRegistry.get(created)).isNotNull();
        HealthCheckHelper.getHealthCheckRepository(created, "producers").setEnabled(true);
        return created;
    }

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withJMX(true);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() throws Exception {
        Path model = directory.resolve("blobs.onnx");
        BrightBlobs.graph(160, 160, Layout.YOLOV8).write(model);
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:frames").to("lvaonnx:" + model);
            }
        };
    }

    @BeforeEach
    void oneFrameIsLookedAtAndAnotherIsBroken() throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24",
                LvaGrpcConstants.WIDTH, 320, LvaGrpcConstants.HEIGHT, 160));
        String uri = "direct:frames";
        template.requestBodyAndHeaders(uri, ByteBuffer.wrap(Frames.withRectangle(320, 160, 200, 40, 60, 80)), headers);
        assertThatThrownBy(() -> template.requestBodyAndHeaders(uri, ByteBuffer.wrap(new byte[9]), headers))
                .isInstanceOf(CamelExecutionException.class);
    }

    @Test
    void healthSaysThatModelsCanBeRun() {
        assertThat(HealthCheckHelper.invokeReadiness(context))
                .filteredOn(result -> result.getCheck().getId().startsWith("producer:lvaonnx-")).singleElement().satisfies(result -> {
                    assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
                    assertThat(result.getDetails()).containsEntry("frames.computed", 1L).containsEntry("frames.failed", 1L);
                    assertThat(result.getDetails().get("models").toString()).startsWith("blobs, input 160x160, output [1, 5, 400]");
                });
    }

    @Test
    void metersCountFramesObjectsAndTime() {
        assertThat(meters.get("camel.lvaonnx.frames").tag("outcome", "computed").counter().count()).isEqualTo(1);
        assertThat(meters.get("camel.lvaonnx.frames").tag("outcome", "failed").counter().count()).isEqualTo(1);
        assertThat(meters.get("camel.lvaonnx.objects").tag("model", "blobs").counter().count()).isEqualTo(1);
        assertThat(meters.get("camel.lvaonnx.time").tag("stage", "run").timer().count()).isEqualTo(1);
    }

    @Test
    void theConsoleTellsOfEachModel() {
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("lvaonnx");
        assertThat(console.call(DevConsole.MediaType.TEXT).toString()).contains("1 frames computed, 1 failed, 0 waiting")
                .contains("blobs, input 160x160").contains("1 frames, 1 objects, in the median");
        assertThat(console.call(DevConsole.MediaType.JSON).toString()).contains("name=blobs");
    }

    @Test
    void jmxShowsAProducer() throws Exception {
        ObjectName name = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=producers,*"), null)
                .stream().filter(producer -> producer.toString().contains("LvaOnnx")).findFirst().orElseThrow();
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "FramesComputed")).isEqualTo(1L);
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "ObjectsFound")).isEqualTo(1L);
    }
}
