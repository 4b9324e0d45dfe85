package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import io.github.camellva.examples.rig.UsageException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka's own consumer, which knows nothing of Camel: reads what comes to a topic from now on. */
final class ResultReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaConsumer<String, String> consumer;
    private final Consumer<ConsumerRecord<String, String>> listener;
    private final Thread thread = new Thread(this::run, "ResultReader");

    private ResultReader(KafkaConsumer<String, String> consumer, Consumer<ConsumerRecord<String, String>> listener) {
        this.consumer = consumer;
        this.listener = listener;
    }

    /**
     * Makes the topic unless it is there.
     *
     * @param  listener       is given each record, by one thread
     * @throws UsageException when there is no broker
     */
    static ResultReader start(String brokers, String topic, int partitions, Consumer<ConsumerRecord<String, String>> listener)
            throws Exception {
        create(brokers, topic, partitions);
        ResultReader reader = new ResultReader(
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers, "enable.auto.commit", false),
                        new StringDeserializer(), new StringDeserializer()),
                listener);
        try {
            reader.seekToEnd(topic);
        } catch (RuntimeException e) {
            reader.consumer.close();
            throw e;
        }
        reader.thread.start();
        return reader;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }

    private void seekToEnd(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, TIMEOUT).stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // only asking for it makes it look where the end is now
        partitions.forEach(partition -> consumer.position(partition, TIMEOUT));
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(listener);
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private static void create(String brokers, String topic, int partitions) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "default.api.timeout.ms", (int) TIMEOUT.toMillis(), "request.timeout.ms", 2000);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty()))).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new UsageException(
                        "-Dbrokers=" + brokers + ": no Kafka broker answered within " + TIMEOUT.toSeconds()
                                         + " s; host and port of one that runs are accepted");
            } else if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
