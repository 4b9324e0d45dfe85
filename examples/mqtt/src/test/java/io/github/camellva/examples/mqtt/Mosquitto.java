package io.github.camellva.examples.mqtt;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** Mosquitto as a process of its own, which keeps what it has when it is stopped. */
final class Mosquitto implements AutoCloseable {

    private final Path program;
    private final Path directory;
    private final int port;
    private Process process;

    private Mosquitto(Path program, Path directory, int port) {
        this.program = program;
        this.directory = directory;
        this.port = port;
    }

    /** Where a program is installed. */
    static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param access as in a file of access rules; everybody may do everything without */
    static Mosquitto start(Path program, Path directory, String... access) throws IOException {
        int port = unusedPort();
        Files.write(directory.resolve("access"), List.of(access));
        Files.write(directory.resolve("mosquitto.conf"), List.of(
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + directory + "/",
                // it drops the privileges of root otherwise, and cannot write there then
                "user " + System.getProperty("user.name"),
                "max_queued_messages 100000",
                access.length == 0 ? "" : "acl_file " + directory.resolve("access")));
        Mosquitto mosquitto = new Mosquitto(program, directory, port);
        mosquitto.start();
        return mosquitto;
    }

    /** On the same port as before. */
    void start() throws IOException {
        process = new ProcessBuilder(program.toString(), "-c", directory.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("mosquitto.log").toFile()))
                .start();
        await().atMost(Duration.ofSeconds(20)).until(this::accepts);
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String port() {
        return Integer.toString(port);
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** As an operator does; it writes down what it has. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
