package io.github.camellva.grpc.transform;

import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/**
 * A CloudEvent in binary mode as the Kafka protocol binding of CloudEvents 1.0 has it: the inference document as the body,
 * attributes as headers {@code ce_id}, {@code ce_source}, and so on, which Kafka's producer does not drop as it does those that
 * begin with {@code Camel}.
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
