package io.github.camellva.tools.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.grpc.media.RawPixels;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.json.Json;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code lva bench}. */
@Command(name = "bench",
         description = "Sends frames to an extension as fast as it answers, and measures how many it answers and how long it takes;"
                       + " answers that are missing or wrong are counted.",
         mixinStandardHelpOptions = true,
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:Every frame was looked at.",
                 "1:Answers were missing or wrong, or frames were acknowledged without being looked at.",
                 "2:The extension cannot be reached, or an option is wrong." },
         footerHeading = "%nFor instance:%n",
         footer = "  lva bench localhost:5001 --sessions 4 --size 640x360 --encoding JPG --seconds 30")
public final class BenchCommand implements Callable<Integer> {

    private static final long SEED = 42;
    private static final int MAX_FRAME_BYTES = 1 << 28;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST:PORT", description = "The extension.", converter = Address.Converter.class)
    private Address extension;

    @Option(names = "--sessions", paramLabel = "N", defaultValue = "1", description = "Sessions at once (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "8",
            description = "Frames of a session that wait for their answer at once, 2 or more (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(names = "--size", paramLabel = "WxH", defaultValue = "416x416", description = "Size of the frames (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(names = "--encoding", defaultValue = "RAW", description = "RAW (RGB24), JPG, PNG or BMP (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

    @Option(names = "--shared-memory-directory", paramLabel = "DIR",
            description = "Send frames through shared memory in this directory, /dev/shm as a rule, in place of embedding them.")
    private @Nullable Path sharedMemoryDirectory;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "3",
            description = "How long to send before that (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--timeout", paramLabel = "MS", defaultValue = "20000",
            description = "When an answer is missing (default: ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private Security security;

    @Override
    public Integer call() throws InterruptedException {
        if (inFlight < 2 || sessions < 1) {
            throw new CommandException("--sessions takes 1 or more, and --in-flight 2 or more, since some extensions answer late");
        }
        if (seconds < 1 || warmUp < 0 || timeoutMillis < 1) {
            throw new CommandException("--seconds and --timeout take 1 or more, and --warm-up 0 or more");
        }
        int[] dimensions = dimensions();
        SampleFormat format = format(dimensions[0], dimensions[1]);
        ByteBuffer frame = frame(dimensions[0], dimensions[1], format);
        List<FrameMemory> memories = new ArrayList<>();
        try (ExtensionConnection connection = new ExtensionConnection(extension, security)) {
            List<NodeSession> open = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                FrameMemory memory = sharedMemoryDirectory == null ? null : memory(sharedMemoryDirectory, frame.remaining());
                if (memory != null) {
                    memories.add(memory);
                }
                open.add(connection.open(descriptor(format, i), memory, inFlight, Duration.ofMillis(timeoutMillis)));
            }
            tell("sending " + sessions + " x " + inFlight + " frames of " + frame.remaining() + " bytes for " + (warmUp + seconds) + " s");
            Load load = new Load(open, frame, inFlight);
            load.run(warmUp, seconds);
            finish(open);
            print(load);
            return load.isClean() ? ExitCode.YES : ExitCode.NO;
        } finally {
            memories.forEach(BenchCommand::remove);
        }
    }

    private FrameMemory memory(Path directory, int frameBytes) {
        try {
            // one slot more than frames in flight, for what is left over between slots
            return SharedMemorySender.create(
                    directory, Math.multiplyExact(frameBytes, inFlight + 1), PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException | ArithmeticException e) {
            throw new CommandException("shared memory cannot be made: " + e.getMessage(), e);
        }
    }

    private static void remove(FrameMemory memory) {
        try {
            memory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int[] dimensions() {
        String[] parts = size.split("x");
        try {
            return new int[] { Integer.parseInt(parts[0]), Integer.parseInt(parts[1]) };
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CommandException("--size '" + size + "' is not accepted; write WIDTHxHEIGHT, for instance 640x360", e);
        }
    }

    private SampleFormat format(int width, int height) {
        try {
            return encoding == Encoding.RAW
                    ? SampleFormat.raw(PixelFormat.RGB24, width, height, 0, MAX_FRAME_BYTES)
                    : SampleFormat.encoded(encoding, width, height);
        } catch (FormatException e) {
            throw new CommandException("--size '" + size + "' is not accepted: " + e.getMessage(), e);
        }
    }

    /** Noise on a ramp: no encoder makes it too small. */
    private ByteBuffer frame(int width, int height, SampleFormat format) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(SEED);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int level = 200 * x / width + random.nextInt(40);
                picture.setRGB(x, y, level << 16 | level << 8 | 200 * y / height);
            }
        }
        try {
            return switch (encoding) {
                case JPG -> PictureCodec.encodeJpg(picture, 85);
                case PNG -> PictureCodec.encodePng(picture);
                case BMP -> PictureCodec.encodeBmp(picture);
                default -> RawPixels.encode(picture, format);
            };
        } catch (FrameException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private static MediaStreamDescriptor descriptor(SampleFormat format, int session) {
        MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder();
        descriptor.getGraphIdentifierBuilder().setGraphInstanceName("bench-" + (session + 1)).setGraphNodeName("lva");
        return descriptor.setMediaDescriptor(
                MediaDescriptor.newBuilder().setTimescale(90_000).setVideoFrameSampleFormat(format.toMessage())).build();
    }

    private void finish(List<NodeSession> open) throws InterruptedException {
        for (NodeSession session : open) {
            try {
                session.finish().get(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                tell("a session has not ended within " + timeoutMillis + " ms");
            }
        }
    }

    private void print(Load load) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(load.toMap()));
        } else {
            load.toMap().forEach((name, value) -> out.printf("%-20s %s%n", name, value));
        }
        out.flush();
    }

    /** Progress, apart from the results. */
    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
