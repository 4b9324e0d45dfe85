package io.github.camellva.examples.benchmark.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
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
import org.openjdk.jmh.annotations.Warmup;

/** Writes and reads an inference document. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InferenceDocumentBenchmark {

    @Param({ "1", "20" })
    int entities;

    private InferenceDocument document;
    private byte[] json;

    @Setup
    public void write() {
        List<Inference> found = IntStream.range(0, entities).mapToObj(InferenceDocumentBenchmark::entity).toList();
        document = new InferenceDocument(145_892_470_449_324L, found);
        json = toJson();
        if (!document.equals(parse())) {
            throw new IllegalStateException("the document that was read differs from the one that was written");
        }
    }

    @Benchmark
    public byte[] toJson() {
        return document.toJsonBytes();
    }

    @Benchmark
    public InferenceDocument parse() {
        return InferenceDocument.parse(json);
    }

    /** Its numbers have as many digits as those of real models. */
    private static Inference entity(int index) {
        float number = 0.9f / (index + 1.7f);
        return Inference.newBuilder()
                .setType(InferenceType.ENTITY)
                .setSubtype("vehicleDetection")
                .setInferenceId("inference-" + index)
                .setEntity(Entity.newBuilder()
                        .setId("vehicle-" + index)
                        .setTag(Tag.newBuilder().setValue("car").setConfidence(number))
                        .addAttributes(attribute("color", "black", number * 0.83f))
                        .addAttributes(attribute("orientation", "front left", number * 0.71f))
                        .setBox(Rectangle.newBuilder()
                                .setL(number * 0.7f).setT(number * 0.6f).setW(number * 0.3f).setH(number * 0.2f)))
                .build();
    }

    private static Attribute attribute(String name, String value, float confidence) {
        return Attribute.newBuilder().setName(name).setValue(value).setConfidence(confidence).build();
    }
}
