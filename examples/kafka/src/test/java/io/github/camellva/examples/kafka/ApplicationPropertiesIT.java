package io.github.camellva.examples.kafka;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.proto.Inference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What camel-main makes of application.properties alone, given the addresses. */
@Timeout(60)
class ApplicationPropertiesIT {

    private static final String TOPIC = "from-properties";

    @Test
    void camelMainRunsTheRouteWithItsDetectorAndPublishesToTheBrokerOfTheProperty() throws Exception {
        String brokers = KafkaBroker.shared().bootstrapServers();
        try (RunningRoutes route = RunningRoutes.start(main -> {
            main.addOverrideProperty("kafka.brokers", brokers);
            main.addOverrideProperty("kafka.topic", TOPIC);
            main.addOverrideProperty("extension.host", "127.0.0.1");
            main.addOverrideProperty("extension.port", "0");
        })) {
            Cameras cameras = new Cameras(route.context(), 1, new Nobody(), new CountDownLatch(1));
            cameras.run("lvagrpc:" + route.address("detect"), 3, Pace.UNLIMITED);
            assertThat(cameras.counts()).isEqualTo(new FrameCounts(3, 0, 3, 0, 0));
        }
        assertThat(Topic.results(brokers, TOPIC)).hasSize(3).allMatch(result -> result.camera().equals("camera-1"));
    }

    private static final class Nobody implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            // counted
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            // counted
        }
    }
}
