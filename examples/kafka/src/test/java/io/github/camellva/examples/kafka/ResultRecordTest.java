package io.github.camellva.examples.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResultRecordTest {

    private static final String DOCUMENT
            = """
              {"timestamp":90045,"inferences":[{"type":"motion","motion":{"box":{"l":0,"t":0,"w":1,"h":1}}}]}""";

    private final Map<String, String> headers = new TreeMap<>(Map.of(
            "ce_specversion", "1.0", "ce_id", "5f-3",
            "ce_source", "/edgeModules/avaedge/livePipelines/camera-1/processors/extension",
            "ce_type", "Microsoft.VideoAnalyzer.Analytics.Inference", "ce_time", "1970-01-01T00:00:01.000500Z",
            "ce_subject", "camera-1", "content-type", "application/json"));

    @Test
    void aRecordAsItMustBeIsRead() {
        ResultRecord result = ResultRecord.of(received("camera-1", DOCUMENT));
        assertThat(result.camera()).isEqualTo("camera-1");
        assertThat(result.timestamp()).isEqualTo(90_045);
        assertThat(result.document().inferences()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
            "ce_specversion, 0.3", "ce_id, 3", "ce_source, /edgeModules/avaedge/livePipelines/camera-2/processors/extension",
            "ce_type, motion", "ce_time, 1970-01-01T00:00:01Z", "ce_subject, camera-2", "content-type, text/plain",
            "Content-Type, application/json" })
    void aHeaderThatIsNotAsItMustBeIsNamed(String header, String value) {
        headers.put(header, value);
        assertThatThrownBy(() -> ResultRecord.of(received("camera-1", DOCUMENT)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(header);
    }

    @Test
    void anotherKeyIsAProblem() {
        assertThatThrownBy(() -> ResultRecord.of(received("camera-2", DOCUMENT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoDocumentIsAProblem() {
        assertThatThrownBy(() -> ResultRecord.of(received("camera-1", "{}"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResultRecord.of(received("camera-1", "nothing"))).isInstanceOf(IllegalArgumentException.class);
    }

    private ConsumerRecord<String, String> received(String key, String value) {
        ConsumerRecord<String, String> record = new ConsumerRecord<>("results", 0, 0, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
