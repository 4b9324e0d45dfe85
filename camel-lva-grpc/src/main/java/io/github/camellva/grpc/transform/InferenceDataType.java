package io.github.camellva.grpc.transform;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * Makes what a route found in the current frame what is published of it. When nothing was found, or nobody looked, the
 * body becomes null, whatever the form, since nothing is to be published then.
 */
abstract class InferenceDataType extends Transformer {

    @Override
    public final void transform(Message message, DataType from, DataType to) {
        InferenceEvent.of(message).ifPresentOrElse(event -> write(event, message), () -> message.setBody(null));
    }

    /** Sets body and headers. */
    abstract void write(InferenceEvent event, Message message);

    /** The inference document as the body, under the name that the content type has with the receiver. */
    static void writeDocument(InferenceEvent event, Message message, String contentTypeHeader) {
        message.setBody(event.document().toJson());
        // names of headers are compared without case: the old one would be kept
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.setHeader(contentTypeHeader, InferenceEvent.CONTENT_TYPE);
    }
}
