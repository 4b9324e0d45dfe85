package io.github.camellva.examples.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record as a consumer that knows nothing of Camel sees it: a CloudEvent in binary mode.
 *
 * @param camera   the record's key
 * @param headers  all of them
 * @param document what was found
 */
record ResultRecord(String camera, Map<String, String> headers, InferenceDocument document) {

    private static final long TICKS_PER_SECOND = 90_000;

    /** @throws IllegalArgumentException saying what in it is not as it must be */
    static ResultRecord of(ConsumerRecord<String, String> received) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : received.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        ResultRecord result = new ResultRecord(received.key(), headers, InferenceDocument.parse(received.value()));
        result.check();
        return result;
    }

    /** Of the frame. */
    long timestamp() {
        return document.timestamp();
    }

    private void check() {
        expect("the number of inferences", !document.inferences().isEmpty(), "1 or more", 0);
        expect("the names of headers", headers.keySet().equals(Set.of(
                "ce_id", "ce_source", "ce_specversion", "ce_subject", "ce_time", "ce_type", "content-type")),
                "those of a CloudEvent", headers.keySet());
        expect("ce_specversion", "1.0");
        expect("ce_type", "Microsoft.VideoAnalyzer.Analytics.Inference");
        expect("ce_source", "/edgeModules/avaedge/livePipelines/" + camera + "/processors/extension");
        expect("ce_subject", camera);
        expect("ce_time", time().toString());
        expect("content-type", "application/json");
        String id = headers.get("ce_id");
        expect("ce_id", id.matches("[0-9a-f]+-\\d+"), "session-sequence number", id);
    }

    private void expect(String header, String value) {
        expect(header, value.equals(headers.get(header)), value, headers.get(header));
    }

    private static void expect(String what, boolean fulfilled, Object expected, Object actual) {
        if (!fulfilled) {
            throw new IllegalArgumentException(what + " should be " + expected + " and is " + actual);
        }
    }

    private Instant time() {
        return Instant.ofEpochSecond(
                timestamp() / TICKS_PER_SECOND, timestamp() % TICKS_PER_SECOND * 1_000_000_000 / TICKS_PER_SECOND)
                .truncatedTo(ChronoUnit.MICROS);
    }
}
