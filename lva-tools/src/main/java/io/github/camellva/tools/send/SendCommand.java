package io.github.camellva.tools.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.video.ffmpeg.VideoInputs;
import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.Transport;
import io.github.camellva.video.source.VideoInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code lva send}. */
@Command(name = "send",
         description = "Sends frames to an extension, and prints a line of JSON for each answer.",
         mixinStandardHelpOptions = true,
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:Every frame was looked at.",
                 "1:Frames were not answered, or acknowledged without being looked at.",
                 "2:The source or the extension cannot be reached, or an option is wrong." },
         footerHeading = "%nFor instance:%n",
         footer = {
                 "  lva send rtsp://camera.local/stream localhost:5001 --fps 5 --draw frames",
                 "  lva send clip.mp4 localhost:5001 --width 416 --height 416 --scale-mode pad",
                 "  lva send lavfi:testsrc2 localhost:5001 --frames 10" })
public final class SendCommand implements Callable<Integer> {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final Duration PICTURE_INTERVAL = Duration.ofMillis(40);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCE",
            description = "An RTSP or HTTP camera, a file of any format, a directory of pictures, webcam, or lavfi: with a test source"
                          + " of FFmpeg.")
    private String source;

    @Parameters(index = "1", paramLabel = "HOST:PORT", description = "The extension.", converter = Address.Converter.class)
    private Address extension;

    @Option(names = "--frames", paramLabel = "N", description = "Stop after N frames; at the end of the source if not set.")
    private @Nullable Long maxFrames;

    @Option(names = "--fps", paramLabel = "N", description = "Send at most N frames of each second of the source; all if not set.")
    private @Nullable Double framesPerSecond;

    @Option(names = "--format", defaultValue = "JPG", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PictureFormat format;

    @Option(names = "--width", paramLabel = "PIXELS", defaultValue = "0", description = "Scale to this width.")
    private int width;

    @Option(names = "--height", paramLabel = "PIXELS", defaultValue = "0", description = "Scale to this height.")
    private int height;

    @Option(names = "--scale-mode", defaultValue = "preserveAspectRatio",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ScaleMode scaleMode;

    @Option(names = "--graph", paramLabel = "NAME", defaultValue = "lva-send",
            description = "What the extension is told the graph's name is (default: ${DEFAULT-VALUE}).")
    private String graph;

    @Option(names = "--extension-configuration", paramLabel = "TEXT", defaultValue = "",
            description = "Passed on to the extension, for instance which model to use.")
    private String extensionConfiguration;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "2",
            description = "Frames that wait for their answer at once, 2 or more (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(names = "--timeout", paramLabel = "MS", defaultValue = "20000", description = "When an answer is missing (default: ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    @Option(names = "--draw", paramLabel = "DIR", description = "Write each answered frame with what was found as a picture into this directory.")
    private @Nullable Path pictures;

    @Mixin
    private Security security;

    @Override
    public Integer call() throws InterruptedException {
        if (inFlight < 2) {
            throw new CommandException("--in-flight " + inFlight + " is not accepted; some extensions need 2 or more");
        }
        makeDirectory();
        Answers answers = new Answers(spec.commandLine().getOut(), pictures);
        try (VideoInput input = VideoInputs.open(settings(), () -> false, System::nanoTime);
             ExtensionConnection connection = new ExtensionConnection(extension, security)) {
            tell("sending " + source + " (" + input.description() + ") to " + extension);
            send(input, connection, answers);
        } catch (SourceException e) {
            throw new CommandException(e.getMessage(), e);
        }
        tell(answers.toString());
        return answers.isComplete() ? ExitCode.YES : ExitCode.NO;
    }

    private void send(VideoInput input, ExtensionConnection connection, Answers answers) throws SourceException, InterruptedException {
        Semaphore room = new Semaphore(inFlight);
        Sampling sampling = new Sampling(framesPerSecond);
        MediaStreamDescriptor descriptor = null;
        NodeSession session = null;
        long number = 0;
        while ((maxFrames == null || number < maxFrames) && input.next()) {
            if (!sampling.takes(input.presentationMicros())) {
                continue;
            }
            Picture picture = input.picture();
            MediaStreamDescriptor needed = descriptor(picture.format());
            if (!needed.equals(descriptor)) {
                finish(session);
                session = connection.open(needed, null, inFlight, Duration.ofMillis(timeoutMillis));
                descriptor = needed;
            }
            room.acquire();
            send(connection, session, ++number, needed, ByteBuffer.wrap(picture.bytes()), answers, room);
            if (!session.isOpen()) {
                break;
            }
        }
        finish(session);
        room.tryAcquire(inFlight, timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private static void send(
            ExtensionConnection connection, NodeSession session, long number, MediaStreamDescriptor descriptor, ByteBuffer frame, Answers answers, Semaphore room) {
        session.send(ticks(), frame, List.of()).whenCompleteAsync((answer, failure) -> {
            try {
                told(number, descriptor, frame, answers, answer, failure);
            } finally {
                room.release();
            }
        }, connection.threads());
    }

    private static void told(
            long number, MediaStreamDescriptor descriptor, ByteBuffer frame, Answers answers, @Nullable MediaStreamMessage answer,
            @Nullable Throwable failure) {
        if (answer == null) {
            answers.fail(number, failure == null ? "no answer" : ExtensionConnection.reason(failure));
        } else {
            answers.add(number, descriptor, frame, answer);
        }
    }

    private void finish(@Nullable NodeSession session) throws InterruptedException {
        if (session == null) {
            return;
        }
        try {
            session.finish().get(2 * timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // each frame that has no answer has said so
        }
    }

    private InputSettings settings() {
        try {
            ScaleTarget scaling = width == 0 && height == 0 ? null : new ScaleTarget(scaleMode, width, height);
            return new InputSettings(
                    SourceAddress.of(source, null, null, null), format, scaling, 85, DecodeMode.ALL, Transport.TCP,
                    Duration.ofMillis(timeoutMillis), READ_TIMEOUT, pictureInterval(), Map.of());
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /** So that all pictures of a directory are sent, however many frames of a second are. */
    private Duration pictureInterval() {
        return framesPerSecond == null ? PICTURE_INTERVAL : Duration.ofNanos((long) (1e9 / framesPerSecond));
    }

    private MediaStreamDescriptor descriptor(SampleFormat sent) {
        MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder().setExtensionConfiguration(extensionConfiguration);
        descriptor.getGraphIdentifierBuilder().setGraphInstanceName(graph).setGraphNodeName("lva");
        return descriptor.setMediaDescriptor(
                MediaDescriptor.newBuilder().setTimescale(TICKS_PER_SECOND).setVideoFrameSampleFormat(sent.toMessage())).build();
    }

    private static long ticks() {
        Instant now = Instant.now();
        return now.getEpochSecond() * TICKS_PER_SECOND + (long) now.getNano() * TICKS_PER_SECOND / 1_000_000_000;
    }

    private void makeDirectory() {
        try {
            if (pictures != null) {
                Files.createDirectories(pictures);
            }
        } catch (IOException e) {
            throw new CommandException("cannot make the directory " + pictures + ": " + e.getMessage(), e);
        }
    }

    /** Progress, apart from the results. */
    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
