package io.github.camellva.examples.benchmark.micro;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.wire.FrameMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.protobuf.ProtoUtils;
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

/** Reads a node's message with the component's marshaller and with gRPC's. Both end with the frame in an array. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MarshallerBenchmark {

    private static final int MAX_MESSAGE_SIZE = 4 << 20;
    private static final int SEED = 17;

    /** No content, a JPEG, and RGB24 of 416 x 416 pixels. */
    @Param({ "0", "22528", "519168" })
    int contentBytes;

    private final Marshaller<Received> component = new FrameMarshaller(MAX_MESSAGE_SIZE);
    private final Marshaller<MediaStreamMessage> stock = ProtoUtils.marshaller(MediaStreamMessage.getDefaultInstance());
    private byte[] bytes;

    @Setup
    public void serialize() {
        MediaSample.Builder sample = MediaSample.newBuilder().setTimestamp(145_892_470_449_324L);
        if (contentBytes > 0) {
            byte[] content = new byte[contentBytes];
            new Random(SEED).nextBytes(content);
            sample.setContentBytes(ContentBytes.newBuilder().setBytes(ByteString.copyFrom(content)));
        }
        MediaStreamMessage message = MediaStreamMessage.newBuilder().setSequenceNumber(1000).setMediaSample(sample).build();
        bytes = message.toByteArray();
        // a rejected message would be quick, and nobody would notice
        if (!message.equals(component().message()) || !message.equals(stock())) {
            throw new IllegalStateException("the message that was read differs from the one that was written");
        }
    }

    @Benchmark
    public Received component() {
        return component.parse(new FramedMessage(bytes));
    }

    @Benchmark
    public MediaStreamMessage stock() {
        return stock.parse(new FramedMessage(bytes));
    }
}
