package io.github.camellva.grpc.transform;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/** What the modules of Azure sent: the inference document as the body, and the properties of an event of Event Grid as headers. */
@DataTypeTransformer(name = "lvagrpc:event-grid",
                     description = "Transforms the inferences of a frame to their JSON document and the properties of Azure's events")
public class EventGridDataType extends InferenceDataType {

    @Override
    void write(InferenceEvent event, Message message) {
        writeDocument(event, message, Exchange.CONTENT_TYPE);
        event.eventGridProperties().forEach(message::setHeader);
    }
}
