package io.github.camellva.grpc.transform;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataTypeTransformer;

/**
 * A CloudEvent in the form that Camel's components exchange: the inference document is the body, attributes are the headers of
 * {@link CloudEvent}.
 */
@DataTypeTransformer(name = "lvagrpc:application-cloudevents",
                     description = "Transforms the inferences of a frame to their JSON document and Camel's headers of CloudEvents")
public class CloudEventDataType extends InferenceDataType {

    private static final Map<String, String> HEADERS = Map.of(
            "specversion", CloudEvent.CAMEL_CLOUD_EVENT_VERSION,
            "id", CloudEvent.CAMEL_CLOUD_EVENT_ID,
            "source", CloudEvent.CAMEL_CLOUD_EVENT_SOURCE,
            "type", CloudEvent.CAMEL_CLOUD_EVENT_TYPE,
            "time", CloudEvent.CAMEL_CLOUD_EVENT_TIME,
            "subject", CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT);

    @Override
    void write(InferenceEvent event, Message message) {
        writeDocument(event, message, Exchange.CONTENT_TYPE);
        event.cloudEventAttributes().forEach((attribute, value) -> message.setHeader(HEADERS.get(attribute), value));
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, InferenceEvent.CONTENT_TYPE);
    }
}
