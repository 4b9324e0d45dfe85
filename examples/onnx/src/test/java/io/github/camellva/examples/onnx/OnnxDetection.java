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
import io.github.camellva.examples.onnx.demo.BrightBlobs;
import io.github.camellva.examples.onnx.runtime.ModelException;
import io.github.camellva.examples.onnx.runtime.ModelFile;
import io.github.camellva.examples.onnx.runtime.Models;
import io.github.camellva.examples.onnx.yolo.OutputLayout;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureHeader;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Loads models, serves them by a route, and shows what they find: in the built-in scene, in a picture, or for other nodes. */
public final class OnnxDetection extends Example<Summary> {

    private static final int DEMONSTRATION_SIDE = 416;

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
        report.line("loading", settings.models().isEmpty()
                ? "no model is given: one is written that finds what is bright, in place of a trained one"
                : settings.models().size() + " of " + Models.MOST + " models at most");
        try (Models models = settings.models().isEmpty() ? demonstration() : load(settings.models())) {
            models.all().forEach(model -> report.line("model", model.toString()));
            runRoute(models, report, stop);
            models.all().forEach(report::times);
            return report.summarize();
        }
    }

    private Models demonstration() throws IOException, UsageException, InterruptedException {
        Path directory = Files.createTempDirectory("bright-blobs");
        Path file = directory.resolve("bright-blobs.onnx");
        try {
            BrightBlobs.graph(DEMONSTRATION_SIDE, DEMONSTRATION_SIDE, OutputLayout.CLASSES_FIRST).write(file);
            return load(List.of(ModelFile.of(file)));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private Models load(List<ModelFile> files) throws UsageException, InterruptedException {
        try {
            return Models.load(files, settings.run());
        } catch (ModelException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void runRoute(Models models, Report report, CountDownLatch stop) throws Exception {
        String address = settings.serve().orElse("127.0.0.1:0");
        // its end waits for frames in flight, and comes before that of the models
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new DetectionRoute(address, new ObjectDetector(models, settings.thresholds())));
            context.start();
            int port = ((LvaGrpcConsumer) context.getRoute(DetectionRoute.ID).getConsumer()).getPort();
            String served = address.replaceFirst(":\\d+$", ":" + port);
            report.line("extension", "lvagrpc:" + served);
            if (settings.serve().isPresent()) {
                report.line("serving", "until Ctrl-C");
                stop.await();
            } else {
                send(context, "lvagrpc:" + served, report, stop);
            }
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
                report.line("left out", camera.leftOut() + " frames, which came while " + Cameras.MOST_IN_FLIGHT
                                        + " waited for their answer");
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
