package io.github.camellva.grpc.transform;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/** What Azure's modules sent: the inference document as the body, the properties of an Event Grid event as headers. */
@DataTypeTransformer(name = "lvagrpc:event-grid",
                     description = "Transforms the inferences of a frame to their JSON document and the properties of Azure's events")
public class EventGridDataType extends InferenceDataType {

    @Override
    void write(InferenceEvent event, Message message) {
        writeDocument(event, message, Exchange.CONTENT_TYPE);
        event.eventGridProperties().forEach(message::setHeader);
    }
}
