package io.github.camellva.examples.quarkus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;

/** The application in a JVM of its own, as in a container: told by its environment what to do, on free ports. */
final class Application implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    private final ChildProcess process;

    private Application(ChildProcess process) {
        this.process = process;
    }

    /** @param target where Maven builds */
    static Path jarIn(Path target) {
        return target.resolve("quarkus-app").resolve("quarkus-run.jar").toAbsolutePath();
    }

    /**
     * Returns when it has started.
     *
     * @param listener is told of every line that it prints
     */
    static Application start(Path jar, Map<String, String> environment, Consumer<String> listener)
            throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // it runs for seconds
                "-XX:TieredStopAtLevel=1",
                "-jar", jar.toString());
        command.environment().put("EXTENSION_PORT", "0");
        command.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        command.environment().put("QUARKUS_HTTP_PORT", "0");
        command.environment().putAll(environment);
        Application application = new Application(ChildProcess.start(command, listener));
        try {
            application.process.awaitLine(LISTENING, START_TIMEOUT);
            return application;
        } catch (IllegalStateException | InterruptedException e) {
            application.close();
            throw e;
        }
    }

    /** The port that a route serves nodes on. */
    int extensionPort(String route) throws InterruptedException {
        return port(Pattern.compile("Route " + route + " serves nodes on [^:]+:(\\d+)"));
    }

    String health() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port(LISTENING) + "/q/health")).timeout(TIMEOUT).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** What it printed, sooner or later. */
    String printed(Pattern pattern, Duration timeout) throws InterruptedException {
        return process.awaitLine(pattern, timeout).group();
    }

    CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public void close() {
        process.close();
    }

    private int port(Pattern pattern) throws InterruptedException {
        return Integer.parseInt(process.awaitLine(pattern, TIMEOUT).group(1));
    }
}
