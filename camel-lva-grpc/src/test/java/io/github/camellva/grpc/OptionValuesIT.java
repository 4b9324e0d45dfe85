package io.github.camellva.grpc;

import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Values of options as Camel's users write them: placeholders, RAW, beans, and mistakes. */
class OptionValuesIT extends LvaGrpcTestSupport {

    /** Has what a URI would take for something else. */
    private static final String SECRET = "a+b&c=%20 ?#";

    @BeforeEach
    void setProperties() {
        context.getPropertiesComponent().addOverrideProperty("extension.port", "0");
        context.getPropertiesComponent().addOverrideProperty("extension.password", SECRET);
    }

    @Test
    void placeholdersAndRawValuesAreWhatTheySay() throws Exception {
        route("lvagrpc:127.0.0.1:{{extension.port}}?maxInFlight={{frames:3}}&username=me&password=RAW({{extension.password}})");
        LvaGrpcConfiguration configuration = ((LvaGrpcEndpoint) context.getRoute("extension").getEndpoint()).getConfiguration();
        assertThat(configuration.getMaxInFlight()).isEqualTo(3);
        assertThat(configuration.getPassword()).isEqualTo(SECRET);
        assertThat(send("username=me&password=RAW({{extension.password}})").getException()).isNull();
        assertThat(send("username=me&password=other").getException()).hasMessageContaining(Status.Code.UNAUTHENTICATED.name());
    }

    @Test
    void secretsAreNotInWhatIsLogged() throws Exception {
        route("lvagrpc:127.0.0.1:0?username=me&password=RAW(geheim)&keyPassword=RAW(geheim)");
        assertThat(context.getRoute("extension").getEndpoint().toString()).doesNotContain("geheim").contains("password=xxxxxx");
    }

    @Test
    void aBeanIsReferredToByItsName() throws Exception {
        SSLContextParameters tls = new SSLContextParameters();
        context.getRegistry().bind("edgeTls", tls);
        LvaGrpcEndpoint endpoint = context.getEndpoint("lvagrpc:127.0.0.1:0?sslContextParameters=#edgeTls", LvaGrpcEndpoint.class);
        assertThat(endpoint.getConfiguration().getSslContextParameters()).isSameAs(tls);
        assertThatThrownBy(() -> context.getEndpoint("lvagrpc:127.0.0.1:0?sslContextParameters=#nobody"))
                .hasStackTraceContaining("nobody");
    }

    @Test
    void anOptionThatIsNoneIsNamed() {
        assertThatThrownBy(() -> route("lvagrpc:127.0.0.1:0?maxInFligth=3")).hasStackTraceContaining("maxInFligth")
                .hasStackTraceContaining("Unknown parameters");
    }

    @Test
    void aValueOfTheWrongTypeIsNamedWithItsOption() {
        assertThatThrownBy(() -> route("lvagrpc:127.0.0.1:0?maxInFlight=many")).hasStackTraceContaining("maxInFlight")
                .hasStackTraceContaining("many");
    }

    @Test
    void aComponentThatMayMeterNoPipelineIsRefused() {
        LvaGrpcComponent component = new LvaGrpcComponent();
        component.setMaxMeteredPipelines(0);
        assertThatThrownBy(() -> {
            context.addComponent("unmetered", component);
            context.getEndpoint("unmetered:127.0.0.1:0");
        }).hasStackTraceContaining("maxMeteredPipelines").hasStackTraceContaining("0");
    }

    @Test
    void aCertificateThatIsMissingIsNamed() {
        assertThatThrownBy(() -> route("lvagrpc:127.0.0.1:0?keyCertChainResource=file:nowhere/tls.crt&keyResource=file:nowhere/tls.key"))
                .hasStackTraceContaining("keyCertChainResource").hasStackTraceContaining("nowhere/tls.crt");
    }

    private void route(String from) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("extension").setBody(exchange -> entity("car"));
            }
        });
    }

    private Exchange send(String options) {
        return template.request("lvagrpc:127.0.0.1:" + port("extension") + "?width=4&height=2&" + options,
                exchange -> exchange.getMessage().setBody(pixels(FRAME_BYTES, 1)));
    }
}
