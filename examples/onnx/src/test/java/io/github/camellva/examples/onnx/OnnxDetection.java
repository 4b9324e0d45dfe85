package io.github.camellva.examples.onnx;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.examples.rig.Scene;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureHeader;
import io.github.camellva.onnx.LvaOnnxComponent;
import io.github.camellva.onnx.LvaOnnxProducer;
import io.github.camellva.onnx.model.ModelException;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;

/** Loads models, serves them by a route, and shows what they find: in the built-in scene, in a picture, or for other nodes. */
public final class OnnxDetection extends Example<Summary> {

    private static final String ROUTE = "detect";

    private final Settings settings;
    private final PrintStream out;

    OnnxDetection(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings are system properties, see the README. */
    public static void main(String[] args) {
        launch(() -> new OnnxDetection(Settings.of(System.getProperties()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        Report report = new Report(out);
        if (settings.model().isEmpty()) {
            report.line("loading", "no model is given: one that finds what is bright is taken, in place of a trained one");
        }
        // its end waits for frames in flight
        try (CamelContext context = new DefaultCamelContext()) {
            start(context);
            LvaOnnxProducer models = context.getComponent("lvaonnx", LvaOnnxComponent.class).producers().get(0);
            models.modelReports().forEach(model -> report.line("model", model.description()));
            serve(context, report, stop);
            models.modelReports().forEach(report::times);
        }
        return report.summarize();
    }

    private void start(CamelContext context) throws Exception {
        context.getPropertiesComponent().setInitialProperties(settings.placeholders());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "classpath:routes/detect.camel.yaml"));
        try {
            context.start();
        } catch (Exception e) {
            Exception refusal = ObjectHelper.getException(ModelException.class, e);
            throw new UsageException((refusal == null ? e : refusal).getMessage());
        }
    }

    private void serve(CamelContext context, Report report, CountDownLatch stop) throws Exception {
        String address = settings.serve().orElse("127.0.0.1:0");
        int port = ((LvaGrpcConsumer) context.getRoute(ROUTE).getConsumer()).getPort();
        String served = address.replaceFirst(":\\d+$", ":" + port);
        report.line("extension", "lvagrpc:" + served);
        if (settings.serve().isPresent()) {
            report.line("serving", "until Ctrl-C");
            stop.await();
        } else {
            send(context, "lvagrpc:" + served, report, stop);
        }
    }

    private void send(CamelContext context, String extension, Report report, CountDownLatch stop) throws Exception {
        // one thread goes on with the answers, so that they are shown in their order
        String uri = extension + "?poolSize=1&extensionConfiguration=RAW(" + settings.configuration().orElse("") + ")";
        if (settings.picture().isPresent()) {
            report.line("source", settings.picture().get() + ", sent " + settings.frames() + " times");
            sendPicture(context, uri + "&encoding=" + encodingOf(settings.picture().get()), report, stop);
        } else {
            report.line("source", "built-in scene, " + settings.frames() + " frames of " + Scene.WIDTH + "x" + Scene.HEIGHT
                                  + ": three chequered objects move to and fro");
            Cameras camera = new Cameras(context, 1, report, stop);
            camera.run(uri, settings.frames(), settings.pace());
            if (camera.leftOut() > 0) {
                report.line("dropped", camera.leftOut() + " frames, which came while " + Cameras.MOST_IN_FLIGHT
                                       + " were unanswered");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void sendPicture(CamelContext context, String uri, Report report, CountDownLatch stop) throws Exception {
        ByteBuffer picture = ByteBuffer.wrap(Files.readAllBytes(settings.picture().get()));
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (long frame = 1; frame <= settings.frames() && stop.getCount() > 0; frame++) {
                Exchange exchange = template.request(uri, filled -> filled.getMessage().setBody(picture.duplicate()));
                switch (FrameOutcome.of(exchange)) {
                    case ANSWERED -> {
                        List<Inference> inferences = exchange.getMessage().getBody(List.class);
                        report.answered(frame, inferences);
                    }
                    case NOT_PROCESSED -> report.notProcessed(frame);
                    case FAILED -> report.failed(frame, exchange.getException().getMessage());
                }
            }
        }
    }

    private static String encodingOf(Path picture) throws IOException, UsageException {
        try {
            return PictureHeader.of(ByteBuffer.wrap(Files.readAllBytes(picture))).encoding().name();
        } catch (FrameException e) {
            throw new UsageException("-Dpicture=" + picture + ": " + e.getMessage());
        }
    }
}
