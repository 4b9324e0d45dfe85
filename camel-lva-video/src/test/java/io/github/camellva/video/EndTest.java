package io.github.camellva.video;

import java.time.Duration;

import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class EndTest {

    private static final String SECOND = "lavfi:testsrc2=size=64x48:rate=25:duration=1";

    @Test
    void atItsEndTheContextIsStoppedWhenEveryFrameIsDone() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + SECOND + "?atEnd=stopContext")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> watched.context().getStatus() == ServiceStatus.Stopped);
            assertThat(watched.seen()).hasSize(25);
        }
    }

    @Test
    void atItsEndTheRouteIsStopped() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + SECOND + "?atEnd=stopRoute&maxFrames=7")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> watched.context().getRouteController().getRouteStatus(Watched.ROUTE) == ServiceStatus.Stopped);
            assertThat(watched.seen()).hasSize(7);
        }
    }

    @Test
    void otherwiseTheRouteStaysAndIsWell() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + SECOND)) {
            watched.awaitState("ended");
            assertThat(watched.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(watched.context().getRouteController().getRouteStatus(Watched.ROUTE)).isEqualTo(ServiceStatus.Started);
            assertThat(watched.consumer().getFramesCompleted()).isEqualTo(25);
        }
    }

    @Test
    void aLoopGoesOnAndItsTimestampsGrow() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + SECOND + "?loop=true&maxFrames=60")) {
            watched.awaitState("ended");
            assertThat(watched.seen()).hasSize(60);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void aFileThatIsSuspendedGoesOnWhereItWas() throws Exception {
        try (Watched watched = Watched.start("lvavideo:lavfi:testsrc2=size=64x48:rate=25:duration=2?realtime=true")) {
            watched.awaitFrames(5);
            watched.context().getRouteController().suspendRoute(Watched.ROUTE);
            watched.awaitState("suspended");
            watched.context().getRouteController().resumeRoute(Watched.ROUTE);
            watched.awaitState("ended");
            assertThat(watched.seen()).hasSize(50);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void aRouteThatIsStartedAgainPlaysFromTheBeginning() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + SECOND)) {
            watched.awaitState("ended");
            watched.context().getRouteController().stopRoute(Watched.ROUTE);
            watched.context().getRouteController().startRoute(Watched.ROUTE);
            await().atMost(Duration.ofSeconds(30)).until(() -> watched.seen().size() == 50);
        }
    }
}
