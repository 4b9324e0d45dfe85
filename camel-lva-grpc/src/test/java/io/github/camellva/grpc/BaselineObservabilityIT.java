package io.github.camellva.grpc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.mdc.MDCService;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Traces and the logs' context as Camel's own services make them of what a frame has in its headers. */
class BaselineObservabilityIT extends LvaGrpcTestSupport {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String NODES_SPAN = "b7ad6b7169203331";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Queue<String> loggedWith = new ConcurrentLinkedQueue<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
        context.getRegistry().bind("tracer", provider.get("test"));
        context.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        new OpenTelemetryTracer().init(context);
        MDCService mdc = new MDCService();
        mdc.setCustomHeaders(LvaGrpcConstants.SESSION_ID + "," + LvaGrpcConstants.GRAPH_INSTANCE_NAME);
        mdc.setCamelContext(context);
        mdc.init(context);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").process(exchange -> {
                    loggedWith.add(MDC.get(LvaGrpcConstants.GRAPH_INSTANCE_NAME) + " " + MDC.get(LvaGrpcConstants.SESSION_ID)
                            .equals(exchange.getMessage().getHeader(LvaGrpcConstants.SESSION_ID)));
                    exchange.getMessage().setBody(entity("car"));
                });
            }
        };
    }

    @Test
    void theRoutesSpanIsAChildOfTheNodes() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port("extension")).usePlaintext().build();
        Metadata trace = new Metadata();
        trace.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), "00-" + TRACE_ID + "-" + NODES_SPAN + "-01");
        try (RawNode node = RawNode.on(ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(trace)))) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
            await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems()).anySatisfy(span -> {
                assertThat(span.getTraceId()).isEqualTo(TRACE_ID);
                assertThat(span.getParentSpanId()).isEqualTo(NODES_SPAN);
            }));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void whatARouteLogsHasSessionAndCameraInItsContext() {
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
        }
        assertThat(loggedWith).containsExactly("camera-1 true");
    }
}
