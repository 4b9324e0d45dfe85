package io.github.camellva.tools.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.TestExtension;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;

/**
 * What recording costs: CPU time of {@code lva record} for each frame, against that of a relay of bytes that writes what it relays
 * into a file, when the JVMs are warm. Processes of their own for both, in turns; medians of the rounds.
 */
final class RelayCost {

    private static final int FRAME_BYTES = 416 * 416 * 3;
    /** Until the compilers are done, which have more to do in the recorder; smaller, since all of it is written. */
    private static final int WARM_UP = 20_000;
    private static final int WARM_UP_BYTES = 100_000;
    private static final int FRAMES = 3_000;
    private static final int ROUNDS = 3;
    private static final int IN_FLIGHT = 8;

    private RelayCost() {
    }

    /** Measures; with arguments it is the relay of bytes: the extension's port, and the file. */
    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2) {
            relayBytes(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        } else {
            measure();
        }
    }

    private static void measure() throws Exception {
        Path directory = Files.createTempDirectory("relay-cost");
        List<Double> bare = new ArrayList<>();
        List<Double> recorder = new ArrayList<>();
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            String port = extension.address().replaceAll(".*:", "");
            for (int round = 0; round < ROUNDS; round++) {
                Path file = directory.resolve(round + ".bytes");
                bare.add(cost(List.of(RelayCost.class.getName(), port, file.toString()), file));
                Path recording = directory.resolve(round + ".lva");
                recorder.add(cost(List.of(
                        "io.github.camellva.tools.Lva", "record", "--listen", "localhost:0", "--to", extension.address(), "-o",
                        recording.toString(), "--max-file-size", "8192"), recording));
                System.out.printf("round %d: bytes %.0f us, record %.0f us a frame%n", round + 1, bare.get(round), recorder.get(round));
            }
        } finally {
            Files.delete(directory);
        }
        System.out.printf("medians: bytes %.0f us, record %.0f us: %.2f x%n", median(bare), median(recorder), median(recorder) / median(bare));
    }

    /** CPU time of a process for each frame, us. */
    private static double cost(List<String> command, Path file) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-cp",
                System.getProperty("java.class.path")));
        words.addAll(command);
        Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            String line = process.inputReader().readLine();
            Matcher port = Pattern.compile("port (\\d+)").matcher(String.valueOf(line));
            if (!port.find()) {
                throw new IOException("the relay has not started: " + line);
            }
            return cost(process, new Address("localhost", Integer.parseInt(port.group(1))));
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(file);
        }
    }

    private static double cost(Process process, Address relay) throws Exception {
        byte[] frame = frame(FRAME_BYTES);
        try (ExtensionConnection node = new ExtensionConnection(relay, new Security())) {
            NodeSession session = node.open(MediaStreamDescriptor.getDefaultInstance(), null, IN_FLIGHT, Duration.ofSeconds(20));
            send(session, frame(WARM_UP_BYTES), WARM_UP);
            send(session, frame, FRAMES);
            Duration before = cpu(process);
            send(session, frame, FRAMES);
            return cpu(process).minus(before).toNanos() / 1e3 / FRAMES;
        }
    }

    private static byte[] frame(int bytes) {
        byte[] frame = new byte[bytes];
        new Random(1).nextBytes(frame);
        return frame;
    }

    private static void send(NodeSession session, byte[] frame, int frames) throws Exception {
        List<CompletableFuture<MediaStreamMessage>> waiting = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            if (waiting.size() == IN_FLIGHT) {
                waiting.remove(0).get(20, TimeUnit.SECONDS);
            }
            waiting.add(session.send(i, ByteBuffer.wrap(frame), List.of()));
        }
        for (CompletableFuture<MediaStreamMessage> answer : waiting) {
            answer.get(20, TimeUnit.SECONDS);
        }
    }

    private static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static void relayBytes(int extension, Path file) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
             OutputStream record = Files.newOutputStream(file)) {
            System.out.println("port " + server.getLocalPort());
            try (Socket node = server.accept(); Socket target = new Socket(InetAddress.getLoopbackAddress(), extension)) {
                node.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                Thread back = new Thread(() -> pump(target, node, OutputStream.nullOutputStream()));
                back.start();
                pump(node, target, record);
            }
        }
    }

    private static void pump(Socket from, Socket to, OutputStream record) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                record.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // the peer has gone
        }
    }
}
