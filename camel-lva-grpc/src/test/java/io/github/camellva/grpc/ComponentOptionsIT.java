package io.github.camellva.grpc;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is set once on the component, and overridden by the URI of an endpoint. */
class ComponentOptionsIT extends LvaGrpcTestSupport {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        configure(context, Map.of(
                "host", "127.0.0.1", "port", "0", "username", "me", "password", "geheim", "maxInFlight", "3", "overflow", "skip",
                "sharedMemoryAccess", "map", "encoding", "JPG"));
        return context;
    }

    @Test
    void anEndpointHasWhatTheComponentHas() {
        assertThat(configuration("lvagrpc")).satisfies(configuration -> {
            assertThat(configuration.address()).isEqualTo("127.0.0.1:0");
            assertThat(configuration.getUsername()).isEqualTo("me");
            assertThat(configuration.getMaxInFlight()).isEqualTo(3);
            assertThat(configuration.getOverflow()).isEqualTo("skip");
            assertThat(configuration.getSharedMemoryAccess()).isEqualTo("map");
            assertThat(configuration.getEncoding()).isEqualTo("JPG");
            assertThat(configuration.getMaxSessions()).isEqualTo(1000);
        });
    }

    @Test
    void itsUriOverridesThatForItselfAlone() {
        LvaGrpcConfiguration own = configuration("lvagrpc:0.0.0.0:5001?maxInFlight=5&overflow=block");
        assertThat(own.address()).isEqualTo("0.0.0.0:5001");
        assertThat(own.getMaxInFlight()).isEqualTo(5);
        assertThat(own.getOverflow()).isEqualTo("block");
        assertThat(own.getUsername()).isEqualTo("me");
        assertThat(configuration("lvagrpc:127.0.0.1:5002").getMaxInFlight()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
            "lvagrpc,                127.0.0.1:0",
            "lvagrpc?ordered=false,  127.0.0.1:0",
            "lvagrpc:5001,           127.0.0.1:5001",
            "lvagrpc::5001,          127.0.0.1:5001",
            "lvagrpc:gateway,        gateway:0",
            "lvagrpc:10.0.0.7,       10.0.0.7:0",
            "lvagrpc:gateway:5001,   gateway:5001",
            "lvagrpc:[::1]:5001,     [::1]:5001" })
    void aUriMayLeaveOutHostOrPort(String uri, String address) {
        assertThat(configuration(uri).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = { "lvagrpc:gateway:http", "lvagrpc:[::1]5001", "lvagrpc:a:b:5001", "lvagrpc:gateway:5001/path" })
    void anAddressThatIsNoneIsNamed(String uri) {
        assertThatThrownBy(() -> configuration(uri)).hasStackTraceContaining("'" + uri.replace("lvagrpc:", "") + "' is not host:port");
    }

    @Test
    void aComponentWithoutHostAndPortNeedsThemInTheUri() {
        context.addComponent("bare", new LvaGrpcComponent());
        assertThatThrownBy(() -> configuration("bare:gateway"))
                .hasStackTraceContaining("'gateway' is not host:port; write for instance lvagrpc:0.0.0.0:5001")
                .hasStackTraceContaining("camel.component.lvagrpc.port");
        assertThatThrownBy(() -> configuration("bare:5001")).hasStackTraceContaining("camel.component.lvagrpc.host");
    }

    @Test
    void routesInYamlMayLeaveThemOutAsWell() throws Exception {
        assertThat(uriOf(Map.of())).isEqualTo("lvagrpc");
        assertThat(uriOf(Map.of("port", 5001))).isEqualTo("lvagrpc:5001");
        assertThat(uriOf(Map.of("host", "gateway"))).isEqualTo("lvagrpc:gateway");
        assertThat(uriOf(Map.of("host", "gateway", "port", 5001))).isEqualTo("lvagrpc:gateway:5001");
    }

    @Test
    void tlsOfAnEndpointTakesThePlaceOfThatOfTheComponent() {
        context.getRegistry().bind("edgeTls", new SSLContextParameters());
        LvaGrpcComponent component = context.getComponent("lvagrpc", LvaGrpcComponent.class);
        component.getConfiguration().setKeyCertChainResource("file:tls.crt");
        component.getConfiguration().setKeyResource("file:tls.key");
        assertThat(configuration("lvagrpc:1?sslContextParameters=#edgeTls").getKeyCertChainResource()).isNull();
        component.getConfiguration().setSslContextParameters(new SSLContextParameters());
        component.getConfiguration().setKeyCertChainResource(null);
        assertThat(configuration("lvagrpc:2?keyCertChainResource=file:a&keyResource=file:b").getSslContextParameters()).isNull();
        assertThat(configuration("lvagrpc:3").getSslContextParameters()).isNotNull();
    }

    @Test
    void framesGoBetweenEndpointsThatNameTheirPortAlone() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc?overflow=block").routeId("extension").setBody(exchange -> entity("car"));
            }
        });
        Exchange answer = template.request("lvagrpc:" + port("extension") + "?encoding=RAW&width=4&height=2",
                exchange -> exchange.getMessage().setBody(pixels(FRAME_BYTES, 1)));
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("answered");
    }

    /** As camel-main, Camel Quarkus and the Camel CLI set {@code camel.component.lvagrpc.*}. */
    private static void configure(CamelContext context, Map<String, Object> options) {
        LvaGrpcComponent component = context.getComponent("lvagrpc", LvaGrpcComponent.class);
        PropertyBindingSupport.build().withCamelContext(context).withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer()).withProperties(new HashMap<>(options))
                .withMandatory(true).bind();
    }

    private String uriOf(Map<String, Object> parameters) throws Exception {
        return context.getCamelContextExtension().getEndpointUriFactory("lvagrpc")
                .buildUri("lvagrpc", new HashMap<>(parameters));
    }

    private LvaGrpcConfiguration configuration(String uri) {
        return context.getEndpoint(uri, LvaGrpcEndpoint.class).getConfiguration();
    }
}
