package io.github.camellva.grpc.transform;

import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/**
 * A CloudEvent in binary mode, as the Kafka protocol binding of CloudEvents 1.0 defines it: the inference document is the body,
 * attributes are headers {@code ce_id}, {@code ce_source}, and so on. Kafka's producer drops headers that begin with {@code
 * Camel}, but not these.
 */
@DataTypeTransformer(name = "lvagrpc:kafka-cloudevents",
                     description = "Transforms the inferences of a frame to their JSON document and the headers of a CloudEvent in Kafka")
public class KafkaCloudEventDataType extends InferenceDataType {

    @Override
    void write(InferenceEvent event, Message message) {
        writeDocument(event, message, "content-type");
        event.cloudEventAttributes().forEach((attribute, value) -> message.setHeader("ce_" + attribute, value));
    }
}
