package io.github.camellva.examples.rig.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this JVM, in KRaft mode: broker and controller in one, on a free port of the loopback address. Once it is
 * closed, nothing is left of it.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String NODE_ID = "1";

    private static KafkaBroker shared;

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private KafkaRaftServer server;

    private KafkaBroker(Path directory) throws IOException {
        this.directory = directory;
        this.port = freePort();
        this.controllerPort = freePort();
    }

    /** One for everybody in this JVM, with which it ends. */
    public static synchronized KafkaBroker shared() throws Exception {
        if (shared == null) {
            shared = start("shared-kafka-");
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** @param name the first letters of its temporary directory's name */
    public static KafkaBroker start(String name) throws Exception {
        KafkaBroker broker = new KafkaBroker(Files.createTempDirectory(name));
        try {
            broker.format();
            broker.restart();
            return broker;
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    /** As Kafka clients take it: host and port. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What it stores is in there. */
    public Path directory() {
        return directory;
    }

    /** Clients cannot reach it until {@link #restart}; it keeps what it has stored. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** After {@link #stop}, on the same port. */
    public void restart() {
        server = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        server.startup();
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            delete();
        }
    }

    private void delete() {
        try {
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(Integer.parseInt(NODE_ID))
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                // not to standard output
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    private Map<String, Object> properties() {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", NODE_ID),
                Map.entry("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                // one broker cannot have more
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                // the first consumer of a group does not wait for others
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // no other broker could take over
                Map.entry("controlled.shutdown.enable", "false"),
                // after a restart it waits until its former self is considered dead
                Map.entry("broker.heartbeat.interval.ms", "200"),
                Map.entry("broker.session.timeout.ms", "1000"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
