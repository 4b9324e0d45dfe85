package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import static io.github.camellva.grpc.Messages.entity;
import static org.awaitility.Awaitility.await;

/** A block of a page in an application of its own, with a model beside it, and with a camera if it serves any. */
final class PastedRoute implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MILLIS_BETWEEN_FRAMES = 20;

    private final String name;
    private final Path folder;
    private final Path results;
    private final HttpModel model = new HttpModel();
    private final int extensionPort;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong answered = new AtomicLong();
    private final LoggedLines log;
    private volatile byte[] picture;

    /**
     * @param folder  with {@code pictures} and {@code certificates}
     * @param picture that its camera sends
     */
    PastedRoute(String name, String block, Path folder, byte[] picture) throws Exception {
        this(name, block, folder, picture, freePort());
    }

    /** @param extensionPort where it expects an extension, if it sends pictures */
    PastedRoute(String name, String block, Path folder, byte[] picture, int extensionPort) throws Exception {
        this.extensionPort = extensionPort;
        this.name = name;
        this.folder = folder;
        this.results = Files.createSymbolicLink(folder.resolve(name), Files.createDirectory(folder.resolve(name + "-before")));
        this.picture = picture;
        context.getShutdownStrategy().setTimeout(5);
        // by the thread, or by the session where the thread is gRPC's, which has those of all applications in this JVM
        log = LoggedLines.record(entry -> entry.contains("[Camel (" + context.getName() + ") ")
                                          || entry.contains("graph '" + name + "'") && entry.contains(" LvaGrpcConsumer ")
                                          || entry.contains(":" + extensionPort + " "));
        load(onThisMachine(block));
        context.start();
    }

    private void load(String block) throws Exception {
        if (!block.contains("public class")) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name + ".yaml", Readme.inWordsOfThisCamel(block)));
            return;
        }
        String type = block.replaceAll("(?s).*public class (\\w+).*", "$1");
        // stays open, for classes that the route loads later
        URLClassLoader compiled = Readme.compile(results, block);
        context.addRoutes((RoutesBuilder) compiled.loadClass(type).getDeclaredConstructor().newInstance());
    }

    private String onThisMachine(String block) {
        return block.replace("{{extension.port}}", "5001").replace("0.0.0.0:5001", "127.0.0.1:0")
                .replaceAll("host: 0\\.0\\.0\\.0(\\s+)port: 5001", "host: 127.0.0.1$1port: 0")
                .replaceAll("host: localhost(\\s+)port: 5001", "host: localhost$1port: " + extensionPort)
                .replaceAll("localhost:800\\d", "localhost:" + model.port())
                .replaceAll("file:(events|results)", "file:" + results)
                .replace("file:pictures", "file:" + folder.resolve("pictures"))
                .replace("/etc/lva/tls", folder.resolve("certificates").resolve("tls").toString());
    }

    /** Sends pictures as a camera does, which waits for nothing, until {@link #close}. */
    void film(DefaultCamelContext cameras) {
        boolean tls = context.getRoutes().get(0).getEndpoint().getEndpointUri().contains("keyCertChainResource");
        String uri = "lvagrpc:localhost:" + servedPort() + "?encoding=JPG&whenFull=fail&graphInstanceName=" + name
                     + "&extensionConfiguration=people"
                     + (tls ? "&username=camera&password=change-me&trustCertCollectionResource=file:"
                              + folder.resolve("certificates").resolve("tls.crt") : "");
        ProducerTemplate template = cameras.createProducerTemplate();
        camera.scheduleAtFixedRate(() -> template.asyncSend(uri, frame(cameras)).thenAccept(this::count),
                0, MILLIS_BETWEEN_FRAMES, TimeUnit.MILLISECONDS);
    }

    private Exchange frame(DefaultCamelContext cameras) {
        Exchange frame = cameras.getEndpoint("lvagrpc:localhost:1").createExchange();
        frame.getMessage().setBody(picture);
        frame.getMessage().setHeaders(new HashMap<>(Map.of(LvaGrpcConstants.INFERENCES, List.of(entity("motion")))));
        return frame;
    }

    private void count(Exchange answer) {
        if (answer.getException() == null && "answered".equals(answer.getMessage().getHeader(LvaGrpcConstants.OUTCOME))) {
            answered.incrementAndGet();
        }
    }

    /** Where it serves nodes. */
    int servedPort() {
        return context.getRoutes().stream().map(Route::getConsumer).filter(LvaGrpcConsumer.class::isInstance)
                .map(consumer -> ((LvaGrpcConsumer) consumer).getPort()).findFirst().orElseThrow();
    }

    /** Where it expects an extension, if it sends pictures. */
    int extensionPort() {
        return extensionPort;
    }

    void show(byte[] other) {
        picture = other;
    }

    void awaitAnswer() {
        long before = answered.get();
        await(name).atMost(PATIENCE).until(() -> answered.get() > before);
    }

    void stopModel() {
        model.close();
    }

    void startModel() {
        model.start();
    }

    void awaitResult() {
        long before = countResults();
        await(name).atMost(PATIENCE).until(() -> countResults() > before);
    }

    /** Puts a file in place of their directory. */
    void refuseResults() throws IOException {
        showAsResults(Files.createFile(folder.resolve(name + "-refused")));
    }

    void takeResults() throws IOException {
        showAsResults(Files.createDirectory(folder.resolve(name + "-after")));
    }

    /** In one step, since the route makes a directory that is away for a moment. */
    private void showAsResults(Path target) throws IOException {
        Files.move(Files.createSymbolicLink(folder.resolve(name + "-next"), target), results, StandardCopyOption.ATOMIC_MOVE);
    }

    private long countResults() {
        if (!Files.isDirectory(results)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.mapToLong(PastedRoute::countLines).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long countLines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> logged() {
        return log.lines();
    }

    @Override
    public void close() {
        camera.shutdownNow();
        context.stop();
        log.close();
        model.close();
    }

    @Override
    public String toString() {
        return name;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
