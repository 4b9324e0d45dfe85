package io.github.camellva.grpc.transform;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataTypeTransformer;

/** A CloudEvent in structured mode (CloudEvents 1.0, JSON event format): attributes and inference document form the body. */
@DataTypeTransformer(name = "lvagrpc:application-cloudevents+json",
                     description = "Transforms the inferences of a frame to a CloudEvent in JSON")
public class CloudEventJsonDataType extends InferenceDataType {

    private static final String CONTENT_TYPE = "application/cloudevents+json";
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    void write(InferenceEvent event, Message message) {
        message.setBody(json(event));
        message.setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
    }

    private static String json(InferenceEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> attribute : event.cloudEventAttributes().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeStringField("datacontenttype", InferenceEvent.CONTENT_TYPE);
            json.writeFieldName("data");
            json.writeRawValue(event.document().toJson());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
