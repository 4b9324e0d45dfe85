package io.github.camellva.examples.rig.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class KafkaBrokerIT {

    @Test
    void whatWasStoredIsThereAfterARestartOnTheSamePortAndNothingAfterItIsClosed() throws Exception {
        Path directory;
        try (KafkaBroker broker = KafkaBroker.start("rig-kafka-")) {
            String address = broker.bootstrapServers();
            try (KafkaProducer<String, String> producer = producer(address)) {
                producer.send(new ProducerRecord<>("frames", "camera-1", "first")).get();
                broker.stop();
                broker.restart();
                assertThat(broker.bootstrapServers()).isEqualTo(address);
                producer.send(new ProducerRecord<>("frames", "camera-1", "second")).get();
            }
            assertThat(read(address, 2)).containsExactly("first", "second");
            directory = broker.directory();
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    private static KafkaProducer<String, String> producer(String address) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer());
    }

    private static List<String> read(String address, int count) {
        List<String> values = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", address, "group.id", "test", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer
                = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("frames"));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
