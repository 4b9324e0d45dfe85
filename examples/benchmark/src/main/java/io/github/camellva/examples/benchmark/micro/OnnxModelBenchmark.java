package io.github.camellva.examples.benchmark.micro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.github.camellva.examples.rig.Scene;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A JPG of 640 x 360 through {@code lvaonnx:}, and the model alone: an input of 640 x 640, an output of [1, 84, 8400]. What the
 * component costs is the difference.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class OnnxModelBenchmark {

    private static final int SIDE = 640;

    /** Candidates that are sure enough. */
    @Param({ "100", "8400" })
    int objects;

    private final CamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;
    private String endpoint;
    private ByteBuffer picture;
    private OrtSession session;
    private Map<String, OnnxTensor> inputs;
    private Map<String, OnnxTensor> outputs;

    @Setup
    public void load() throws Exception {
        endpoint = "lvaonnx:classpath:models/objects-" + objects + ".onnx?parallel=1&threads=1";
        SampleFormat pixels = SampleFormat.raw(PixelFormat.BGR24, Scene.WIDTH, Scene.HEIGHT, 0, Integer.MAX_VALUE);
        picture = new FramePreparation(Optional.empty(), Encoding.JPG, PixelFormat.NONE, 0, 90, Integer.MAX_VALUE)
                .prepare(ByteBuffer.wrap(new Scene().render(0)), pixels).bytes();
        context.start();
        template = context.createProducerTemplate();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(
                    getClass().getResourceAsStream("/models/objects-" + objects + ".onnx").readAllBytes(), options);
        }
        inputs = Map.of("images", tensor(environment, 1, 3, SIDE, SIDE));
        outputs = Map.of("output0", tensor(environment, 1, 84, 8400));
    }

    @Benchmark
    public List<?> frame() {
        return template.requestBodyAndHeader(endpoint, picture.duplicate(), LvaGrpcConstants.ENCODING, "JPG", List.class);
    }

    @Benchmark
    public OrtSession model() throws Exception {
        session.run(inputs, outputs).close();
        return session;
    }

    @TearDown
    public void close() throws Exception {
        context.close();
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long... shape) throws Exception {
        long numbers = 1;
        for (long side : shape) {
            numbers *= side;
        }
        ByteBuffer memory = ByteBuffer.allocateDirect((int) numbers * Float.BYTES).order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.FLOAT);
    }
}
