package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Makes what a route found in the current frame the JSON document that Azure Video Analyzer published. When nothing was found the
 * body becomes null, since a document without inferences must not be published.
 */
@DataTypeTransformer(name = "lvagrpc:application-json",
                     description = "Transforms the inferences of a frame to the JSON document of Azure Video Analyzer")
public class ApplicationJsonDataType extends Transformer {

    @Override
    public void transform(Message message, DataType from, DataType to) {
        // a body that still is a picture means that nothing was found
        ByteBuffer frame = message.getBody() instanceof ByteBuffer buffer ? buffer : null;
        List<Inference> inferences = FrameExchanges.answerOf(message, frame);
        if (inferences.isEmpty()) {
            message.setBody(null);
            return;
        }
        long timestamp = message.getHeader(LvaGrpcConstants.TIMESTAMP, 0L, Long.class);
        message.setBody(new InferenceDocument(timestamp, inferences).toJson());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
