package io.github.camellva.grpc.transform;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/** The inference document alone, as Azure Video Analyzer published it. */
@DataTypeTransformer(name = "lvagrpc:application-json",
                     description = "Transforms the inferences of a frame to the JSON document of Azure Video Analyzer")
public class ApplicationJsonDataType extends InferenceDataType {

    @Override
    void write(InferenceEvent event, Message message) {
        writeDocument(event, message, Exchange.CONTENT_TYPE);
    }
}
