package io.github.camellva.examples.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.kafka.KafkaBroker;

/** A broker in this JVM that leaves nothing behind. */
final class EmbeddedBroker implements AutoCloseable {

    private final Path directory;
    private final KafkaBroker broker;

    private EmbeddedBroker(Path directory, KafkaBroker broker) {
        this.directory = directory;
        this.broker = broker;
    }

    static EmbeddedBroker start() throws Exception {
        Path directory = Files.createTempDirectory("lva-kafka");
        try {
            return new EmbeddedBroker(directory, KafkaBroker.start(directory));
        } catch (Exception e) {
            delete(directory);
            throw e;
        }
    }

    KafkaBroker broker() {
        return broker;
    }

    @Override
    public void close() throws IOException {
        try {
            broker.close();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
