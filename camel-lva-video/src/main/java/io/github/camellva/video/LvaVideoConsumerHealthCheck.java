package io.github.camellva.video;

import java.util.Map;

import io.github.camellva.video.source.PlayerState;
import io.github.camellva.video.source.PlayerStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of a source: down while no frames can come from it, other than after its end. */
public class LvaVideoConsumerHealthCheck extends AbstractHealthCheck {

    private final LvaVideoConsumer consumer;

    LvaVideoConsumerHealthCheck(LvaVideoConsumer consumer) {
        super("camel", "consumer:lvavideo-" + consumer.getRouteId());
        this.consumer = consumer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        PlayerStatus status = consumer.status();
        builder.detail("route.id", consumer.getRouteId());
        builder.detail("source", consumer.getSource());
        builder.detail("state", status.state().toString());
        builder.detail("since", status.since().toString());
        builder.detail("stream", status.description());
        builder.detail("frames.decoded", consumer.getFramesDecoded());
        builder.detail("frames.completed", consumer.getFramesCompleted());
        builder.detail("frames.failed", consumer.getFramesFailed());
        builder.detail("frames.skipped", consumer.getFramesSkipped());
        builder.detail("losses", consumer.getLosses());
        if (status.state() == PlayerState.PLAYING || status.state() == PlayerState.ENDED || status.state() == PlayerState.SUSPENDED) {
            builder.up();
            return;
        }
        String reason = "route '" + consumer.getRouteId() + "': "
                        + (status.error() != null ? status.error() : consumer.getSource() + " is " + status.state());
        // Spring Boot's actuator shows details, and no message
        builder.down().message(reason).detail("reason", reason);
    }
}
