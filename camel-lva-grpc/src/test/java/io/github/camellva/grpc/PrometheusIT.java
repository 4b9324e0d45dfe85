package io.github.camellva.grpc;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.grpc.stream.SampleOutcome;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What Prometheus is given of the meters, and whether the dashboard and the guide ask for just that. */
class PrometheusIT extends LvaGrpcTestSupport {

    private static final Path ALERTS = Path.of("../docs/grafana/alerts.yaml");

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("metricRegistry", prometheus);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").setBody(exchange -> entity("car"));
            }
        };
    }

    @Test
    void aFrameIsSeenInEveryMetric() {
        String scrape = scrapeAfterAFrame();
        assertThat(scrape).contains(
                "camel_lvagrpc_frames_total{address=\"127.0.0.1:0\",camelContext=\"" + context.getName()
                                    + "\",graphInstance=\"camera-1\",graphNode=\"extension\",outcome=\"answered\",side=\"consumer\"} 1.0");
        assertThat(scrape).containsPattern("camel_lvagrpc_latency_seconds_bucket\\{.*le=\"\\+Inf\"} 1");
        assertThat(scrape).containsPattern("camel_lvagrpc_sessions\\{.*} 1.0");
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        Set<String> asked = names(Files.readString(Path.of("../docs/grafana/lvagrpc.json")));
        assertThat(asked).hasSize(7);
        assertThat(names(scrapeAfterAFrame())).containsAll(asked);
    }

    @Test
    void theAlertsAskForWhatThereIs() throws IOException {
        String alerts = Files.readString(ALERTS);
        assertThat(names(alerts)).isNotEmpty();
        assertThat(names(scrapeAfterAFrame())).containsAll(names(alerts));
        assertThat(outcomes(alerts)).isNotEmpty().isSubsetOf(Stream.of(SampleOutcome.values()).map(SampleOutcome::label).toList());
    }

    @Test
    void theAlertsFireWhenTheyShouldAndNotBefore() throws Exception {
        assumeTrue(isInstalled("promtool"), "promtool, of the package prometheus, is not installed");
        Process check = new ProcessBuilder("promtool", "test", "rules", "src/test/resources/alerts-test.yaml").redirectErrorStream(true).start();
        String printed = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(printed).isZero();
    }

    @Test
    void theDashboardKnowsEveryOutcome() throws IOException {
        assertThat(outcomes(Files.readString(Path.of("../docs/grafana/lvagrpc.json"))))
                .containsExactlyInAnyOrderElementsOf(Stream.of(SampleOutcome.values()).map(SampleOutcome::label).toList());
    }

    @Test
    void theGuideNamesEveryMetric() throws IOException {
        String guide = Files.readString(Path.of("../docs/operations.md"));
        Set<String> there = names(scrapeAfterAFrame()).stream()
                .map(name -> name.replaceAll("_(bucket|count|sum|max)$", "")).collect(Collectors.toSet());
        assertThat(names(guide)).containsExactlyInAnyOrderElementsOf(there);
    }

    private String scrapeAfterAFrame() {
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
            return prometheus.scrape();
        }
    }

    private static Set<String> outcomes(String text) {
        return Pattern.compile("outcome!?=\\\\?\"(\\w+)").matcher(text).results().map(outcome -> outcome.group(1)).collect(Collectors.toSet());
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("camel_lvagrpc_\\w+").matcher(text).results().map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
