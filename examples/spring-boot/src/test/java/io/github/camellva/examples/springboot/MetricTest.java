package io.github.camellva.examples.springboot;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricTest {

    @Test
    void nameLabelsAndValueAreRead() {
        Metric metric = Metric.parse("camel_lvagrpc_frames_total{graphInstance=\"camera-1\",outcome=\"answered\"} 1.25E3");
        assertThat(metric.isFrames()).isTrue();
        assertThat(metric.hasLabel("graphInstance", "camera-1")).isTrue();
        assertThat(metric.hasLabel("outcome", "failed")).isFalse();
        assertThat(metric.value()).isEqualTo(1250);
    }

    @Test
    void aLineNeedsNoLabels() {
        Metric metric = Metric.parse("camel_lvagrpc_sessions 2.0");
        assertThat(metric.name()).isEqualTo("camel_lvagrpc_sessions");
        assertThat(metric.labels()).isEmpty();
        assertThat(metric.value()).isEqualTo(2);
    }

    @Test
    void whatIsNoMetricIsRefused() {
        assertThatThrownBy(() -> Metric.parse("# HELP")).hasMessage("not a line of Prometheus: # HELP");
    }
}
