package io.github.camellva.video.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.camellva.video.LvaVideoConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A camera that hangs up after each few frames, and what that costs in memory, threads and descriptors. Arguments: a video that
 * can be read without knowing its end, and how many times it is lost.
 */
public final class Reconnects {

    private static final int STEPS = 10;
    private static final int BYTES_OF_A_CONNECTION = 60_000;

    private Reconnects() {
    }

    public static void main(String[] args) throws Exception {
        byte[] video = Files.readAllBytes(Path.of(args[0]));
        int losses = Integer.parseInt(args[1]);
        try (ServerSocket camera = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); CamelContext context = new DefaultCamelContext()) {
            Thread thread = new Thread(() -> serve(camera, video), "camera");
            thread.setDaemon(true);
            thread.start();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("lvavideo:http://127.0.0.1:" + camera.getLocalPort() + "/video?reconnectDelay=1&maxReconnectDelay=1").routeId("camera")
                            .process(exchange -> { });
                }
            });
            context.start();
            LvaVideoConsumer consumer = (LvaVideoConsumer) context.getRoute("camera").getConsumer();
            for (int step = 1; step <= STEPS; step++) {
                synchronized (camera) {
                    while (consumer.getLosses() < (long) losses * step / STEPS) {
                        camera.wait(20);
                    }
                }
                System.gc();
                System.out.printf("%d losses, %d frames: resident %d KiB, %d threads, %d descriptors%n", consumer.getLosses(),
                        consumer.getFramesDecoded(), status("VmRSS:"), status("Threads:"), descriptors());
            }
        }
        System.exit(0);
    }

    private static void serve(ServerSocket camera, byte[] video) {
        while (!camera.isClosed()) {
            try (Socket client = camera.accept(); OutputStream out = client.getOutputStream()) {
                out.write("HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(video, 0, Math.min(BYTES_OF_A_CONNECTION, video.length));
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private static long status(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name)).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
