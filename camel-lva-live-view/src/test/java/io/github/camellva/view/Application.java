package io.github.camellva.view;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/** An extension and a live view in one context, on ports that are free, and cameras that send to it. */
final class Application implements AutoCloseable {

    static final String EXTENSION = "extension";

    /** Of requests for frames; so short that tests need not wait long. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final CamelContext context = new DefaultCamelContext();
    private final VertxPlatformHttpServer http;
    private final String view;
    private final List<TestCamera> cameras = new ArrayList<>();

    private Application(String viewOptions, Processor detector) throws Exception {
        view = "lvaview:cameras?" + viewOptions;
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(0);
        context.getShutdownStrategy().setTimeout(5);
        http = new VertxPlatformHttpServer(server);
        context.addService(http);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0").routeId(EXTENSION).errorHandler(noErrorHandler()).process(detector);
                from("platform-http:/live?matchOnUriPrefix=true").routeId("view").to(view);
            }
        });
    }

    /** @param viewOptions as in a URI */
    static Application start(String viewOptions, Processor detector) throws Exception {
        Application application = prepare(viewOptions, detector);
        application.start();
        return application;
    }

    /** Not yet started. */
    static Application prepare(String viewOptions, Processor detector) throws Exception {
        return new Application(viewOptions, detector);
    }

    void start() {
        try {
            context.getEndpoint(view, LvaViewEndpoint.class).longestWait(LONGEST_WAIT);
            context.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    void stopView() {
        context.getEndpoints().stream().filter(LvaViewEndpoint.class::isInstance).forEach(Endpoint::stop);
    }

    CamelContext context() {
        return context;
    }

    URI page() {
        return URI.create("http://127.0.0.1:" + http.getPort() + "/live/");
    }

    /** The one that the extension has now: another after it was restarted. */
    int port() {
        return ((LvaGrpcConsumer) context.getRoute(EXTENSION).getConsumer()).getPort();
    }

    LiveView view() {
        return context.getEndpoints().stream().filter(LvaViewEndpoint.class::isInstance).map(LvaViewEndpoint.class::cast)
                .findFirst().orElseThrow().view();
    }

    /** A camera that sends so many pictures a second, until it is closed. */
    TestCamera camera(String name, String options, int framesPerSecond, TestCamera.Pictures pictures) {
        return camera(name, options, framesPerSecond, pictures, Map.of());
    }

    TestCamera camera(
            String name, String options, int framesPerSecond, TestCamera.Pictures pictures, Map<String, Object> headers) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(LvaGrpcConstants.GRAPH_INSTANCE_NAME, name);
        TestCamera camera = new TestCamera(
                context, () -> "lvagrpc:127.0.0.1:" + port() + "?responseTimeout=3000&" + options, all, framesPerSecond, pictures);
        cameras.add(camera);
        return camera;
    }

    @Override
    public void close() {
        cameras.forEach(TestCamera::close);
        context.stop();
    }
}
