package io.github.camellva.examples.rig.dashboard;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.proto.Inference;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import picocli.CommandLine.Option;

/**
 * A picture of the dashboard with data: a real Prometheus reads the meters of an extension with four cameras, and answers the
 * dashboard's own queries. The charts are drawn here, and not by Grafana.
 */
public final class DashboardPicture extends Example<Outcome> {

    private static final Path DASHBOARD = Path.of("docs/grafana/lvagrpc.json");
    private static final int COLUMNS = 3;

    @Option(names = "-Dminutes")
    @OptionReader.WholeNumber(to = 1_000, example = 12)
    private int minutes = 12;

    @Option(names = "-Dpicture", description = "a file without its extension .png is accepted")
    private Path picture = Path.of("docs/images/dashboard");

    private final Console console = new Console(System.out);
    private final Incident incident = new Incident();

    public static void main(String[] args) {
        launch(() -> OptionReader.read(new DashboardPicture(), System.getProperties()));
    }

    @Override
    protected Outcome run(CountDownLatch stop) throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HttpServer server = serve(meters);
        Path directory = Files.createTempDirectory("dashboard");
        try (RunningRoutes extension = RunningRoutes.start(main -> {
            main.bind("metricRegistry", meters);
            main.configure().addRoutesBuilder(new Extension());
        }); Prometheus prometheus = new Prometheus(directory, server.getAddress().getPort())) {
            console.line("running", minutes + " minutes");
            film(extension, stop);
            List<XYChart> charts = new ArrayList<>();
            for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
                charts.add(new Panel(panel).chart(prometheus));
            }
            while (charts.size() % COLUMNS != 0) {
                charts.add(new XYChartBuilder().width(Panel.WIDTH).height(Panel.HEIGHT).build());
            }
            BitmapEncoder.saveBitmap(charts, charts.size() / COLUMNS, COLUMNS, picture.toString(), BitmapFormat.PNG);
            console.line("picture", picture + ".png");
            return () -> true;
        } finally {
            server.stop(0);
        }
    }

    /** Two cameras that are well, one whose frames the model cannot keep up with, and one whose model is off for a while. */
    private void film(RunningRoutes extension, CountDownLatch stop) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> cameras = new ArrayList<>();
        for (String name : List.of("entrance", "yard", Incident.CROWDED, Incident.FAILING)) {
            Cameras camera = new Cameras(extension.context(), List.of(name), new Nobody(), end);
            cameras.add(new Thread(() -> film(camera, extension.address("detect")), name));
        }
        cameras.forEach(Thread::start);
        long tenth = Duration.ofMinutes(minutes).toMillis() / 10;
        stop.await(5 * tenth, TimeUnit.MILLISECONDS);
        incident.begin();
        stop.await(2 * tenth, TimeUnit.MILLISECONDS);
        incident.end();
        stop.await(3 * tenth, TimeUnit.MILLISECONDS);
        end.countDown();
        for (Thread camera : cameras) {
            camera.join();
        }
    }

    private static void film(Cameras camera, String address) {
        try {
            camera.run("lvagrpc:" + address, Long.MAX_VALUE, Pace.REALTIME);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer serve(PrometheusMeterRegistry meters) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] scrape = meters.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, scrape.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(scrape);
            }
        });
        server.start();
        return server;
    }

    private final class Extension extends RouteBuilder {

        @Override
        public void configure() {
            errorHandler(noErrorHandler());
            from("lvagrpc:127.0.0.1:0?maxInFlight=2&overflow=skip").routeId("detect")
                    .delay().exchange(incident::millis).end()
                    .process(incident::detect);
        }
    }

    private static final class Nobody implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            // metered
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            // metered
        }
    }
}
