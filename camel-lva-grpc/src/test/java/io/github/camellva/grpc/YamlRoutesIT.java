package io.github.camellva.grpc;

import io.github.camellva.proto.MediaStreamMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static io.github.camellva.proto.VideoFrameSampleFormat.Encoding.PNG;
import static org.assertj.core.api.Assertions.assertThat;

class YamlRoutesIT extends LvaGrpcTestSupport {

    /** What a real model would say, so that the routes need no Java. */
    private static final String CAR = """
            {"inferences":[{"type":"entity","entity":{"tag":{"value":"${header.CamelLvaGrpcGraphInstanceName}"},\
            "box":{"l":0,"t":0,"w":0.5,"h":0.5}}}]}""";

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        camelContext.getPropertiesComponent().addInitialProperty("extension.port", "0");
        camelContext.getPropertiesComponent().addInitialProperty("extension.password", "s3cret&more");
        return camelContext;
    }

    @Test
    void aRouteWithItsOptionsInTheUriServesFrames() throws Exception {
        load("""
                - route:
                    id: uri
                    from:
                      uri: lvagrpc:127.0.0.1:{{extension.port}}?maxInFlight=2&ordered=false
                      steps:
                        - setBody:
                            simple: '%s'
                """.formatted(CAR));
        try (RawNode node = connect("uri")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("camera-1");
        }
    }

    @Test
    void aRouteWithParametersServesFrames() throws Exception {
        load("""
                - route:
                    id: parameters
                    from:
                      uri: lvagrpc
                      parameters:
                        host: 127.0.0.1
                        port: "{{extension.port}}"
                        encodings: PNG,JPG
                        overflow: skip
                        maxSessions: 5
                      steps:
                        - setBody:
                            simple: '%s'
                """.formatted(CAR));
        try (RawNode node = connect("parameters")) {
            node.open(encodedDescriptor(PNG)).send(embedded(1, pixels(FRAME_BYTES, 1)));
            MediaStreamMessage answer = node.receive();
            assertThat(tags(answer)).containsExactly("camera-1");
        }
        try (RawNode node = connect("parameters")) {
            assertThat(node.send(rawDescriptor()).awaitEnd().getDescription()).contains("JPG, PNG");
        }
    }

    @Test
    void aPasswordFromAPlaceholderIsTakenAsItIs() throws Exception {
        load("""
                - route:
                    id: password
                    from:
                      uri: lvagrpc
                      parameters:
                        host: 127.0.0.1
                        port: 0
                        username: camera
                        password: "{{extension.password}}"
                      steps:
                        - log: frame
                """);
        LvaGrpcEndpoint endpoint = (LvaGrpcEndpoint) context.getRoute("password").getEndpoint();
        assertThat(endpoint.getConfiguration().getPassword()).isEqualTo("s3cret&more");
        assertThat(endpoint.toString()).doesNotContain("s3cret");
    }

    private void load(String yaml) throws Exception {
        Resource resource = ResourceHelper.fromString("test.yaml", yaml);
        PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    }
}
