package io.github.camellva.examples.scaleout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all that workers have put into Kafka, from the beginning, and goes on as more comes. */
final class ResultsReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Ledger ledger;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::read, "results");

    private ResultsReader(String brokers, Ledger ledger) {
        this.ledger = ledger;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    static ResultsReader start(String brokers, Ledger ledger) {
        ResultsReader reader = new ResultsReader(brokers, ledger);
        reader.thread.start();
        return reader;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }

    private void read() {
        try (consumer) {
            List<TopicPartition> partitions = Stream.of(Topics.RESULTS, Topics.REJECTED)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::enter);
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private void enter(ConsumerRecord<String, byte[]> found) {
        if (found.topic().equals(Topics.REJECTED)) {
            ledger.rejected(found.key(), Long.parseLong(text(found, FrameRecord.TIMESTAMP)));
        } else {
            long timestamp = InferenceDocument.parse(found.value()).timestamp();
            ledger.result(found.key(), timestamp, text(found, Worker.NAME), found.timestamp());
        }
    }

    private static String text(ConsumerRecord<String, byte[]> found, String name) {
        return new String(found.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
