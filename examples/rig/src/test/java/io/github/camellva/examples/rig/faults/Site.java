package io.github.camellva.examples.rig.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.load.Figures;
import io.github.camellva.examples.rig.load.LoadProcess;
import io.github.camellva.examples.rig.load.LoadProcess.Jvm;
import io.github.camellva.examples.rig.load.Work;

/** An extension and a node in processes of their own, and what is between and behind them. */
final class Site implements AutoCloseable {

    /** How the node's cameras send, each in its place. */
    static final List<String> LANES = List.of("embedded", "shared memory");

    static final String ROUTE = "route";

    private static final String FRAMES_PER_SECOND = "25";
    private static final String FRAMES_OF_CAMERA = "75";
    private static final int RESPONSE_TIMEOUT_MILLIS = 3000;
    private static final int MOST_DESCRIPTORS = 400;

    /** What is closed with it, the last first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Figures> nodesKilled = new ArrayList<>();
    private final List<Figures> extensionsKilled = new ArrayList<>();
    private final Kind kind;
    private final String classPath;
    private final Console log;
    private final TcpProxy network;
    private final int port;
    private SmallDisk disk;
    private TcpProxy brokerNetwork;
    private LoadProcess extension;
    private LoadProcess node;

    enum Kind {
        PLAIN(Work.NONE),
        /** Shared memory is on a small disk. */
        SMALL_MEMORY(Work.NONE),
        /** The route stores each frame on a small disk. */
        STORING(Work.STORE),
        /** The route publishes something of each frame by an MQTT broker. */
        PUBLISHING(Work.PUBLISH);

        private final Work work;

        Kind(Work work) {
            this.work = work;
        }
    }

    /** @param log gets what the processes print */
    Site(Kind kind, String classPath, Path log) throws Exception {
        this.kind = kind;
        this.classPath = classPath;
        this.log = new Console(add(new PrintStream(Files.newOutputStream(log), true)));
        try {
            if (kind == Kind.SMALL_MEMORY || kind == Kind.STORING) {
                disk = add(SmallDisk.mount());
            } else if (kind == Kind.PUBLISHING) {
                brokerNetwork = add(new TcpProxy(add(MqttBroker.start()).port()));
            }
            startExtension(0);
            port = extension.port(ROUTE);
            network = add(new TcpProxy(port));
            startNode();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    LoadProcess extension() {
        return extension;
    }

    LoadProcess node() {
        return node;
    }

    SmallDisk disk() {
        return disk;
    }

    /** Between node and extension. */
    TcpProxy network() {
        return network;
    }

    /** Between the extension and its broker. */
    TcpProxy brokerNetwork() {
        return brokerNetwork;
    }

    void killNode() throws InterruptedException {
        node.kill();
        nodesKilled.add(node.figures());
    }

    void startNode() throws IOException {
        String uri = "lvagrpc:127.0.0.1:" + network.port() + "?responseTimeout=" + RESPONSE_TIMEOUT_MILLIS;
        node = add(LoadProcess.node(jvm(), line -> log.lineOf("node", line), List.of(FRAMES_PER_SECOND, FRAMES_OF_CAMERA,
                uri, uri + "&dataTransfer=sharedMemory&sharedMemorySizeMiB=2&sharedMemoryDirectory=" + memory())));
    }

    void killExtension() throws InterruptedException {
        extension.kill();
        extensionsKilled.add(extension.figures());
    }

    /** Where it was before. */
    void restartExtension() throws IOException, InterruptedException {
        startExtension(port);
        extension.port(ROUTE);
    }

    /** Lets everything that is under way end, and counts. */
    FaultCounts end() throws Exception {
        return new FaultCounts(nodesKilled, node.end(), extensionsKilled, extension.end());
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private void startExtension(int port) throws IOException {
        extension = add(LoadProcess.extension(jvm(), line -> log.lineOf("extension", line), List.of(
                ROUTE, "lvagrpc:127.0.0.1:" + port + "?sharedMemoryDirectory=" + memory(), kind.work.name())));
    }

    private Path memory() {
        return kind == Kind.SMALL_MEMORY ? disk.directory() : Path.of("/dev/shm");
    }

    private Jvm jvm() {
        List<String> options = new ArrayList<>(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        if (disk != null) {
            options.add("-D" + Work.DIRECTORY + "=" + disk.directory());
        }
        if (brokerNetwork != null) {
            options.add("-D" + Work.BROKER + "=tcp://127.0.0.1:" + brokerNetwork.port());
        }
        return new Jvm(classPath, options, MOST_DESCRIPTORS);
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }
}
