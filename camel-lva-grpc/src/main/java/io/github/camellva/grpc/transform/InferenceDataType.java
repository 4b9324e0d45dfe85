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
        InferenceEvent.of(message).ifPresentOrElse(event -> write(event, message), () -> EmptyBody.of(message));
    }

    /** Sets body and headers. */
    abstract void write(InferenceEvent event, Message message);

    /** Sets the inference document as the body, and its content type under the receiver's name for it. */
    static void writeDocument(InferenceEvent event, Message message, String contentTypeHeader) {
        message.setBody(event.document().toJson());
        // header names ignore case: otherwise the old spelling would stay
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.setHeader(contentTypeHeader, InferenceEvent.CONTENT_TYPE);
    }
}
