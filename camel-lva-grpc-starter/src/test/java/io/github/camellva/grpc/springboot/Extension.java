package io.github.camellva.grpc.springboot;

import java.util.Arrays;

import io.github.camellva.grpc.LvaGrpcComponent;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Tag;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application whose route says of every frame that it is seen, or fails, as the property extension.broken says. */
final class Extension implements AutoCloseable {

    static final String ROUTE = "extension";

    private final ConfigurableApplicationContext application;

    private Extension(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** On any free ports. Properties are those of the command line, without its dashes. */
    static Extension start(String... properties) {
        return start(new Class<?>[] { Application.class }, properties);
    }

    static Extension start(Class<?>[] sources, String... properties) {
        return new Extension(new SpringApplicationBuilder(sources)
                .properties("extension.port=0", "extension.broken=false", "spring.main.web-application-type=none", "spring.main.banner-mode=off")
                .run(Arrays.stream(properties).map(property -> "--" + property).toArray(String[]::new)));
    }

    int port() {
        return ((LvaGrpcConsumer) camel().getRoute(ROUTE).getConsumer()).getPort();
    }

    LvaGrpcComponent component() {
        return camel().getComponent("lvagrpc", LvaGrpcComponent.class);
    }

    String property(String name) {
        return application.getEnvironment().getProperty(name);
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    private CamelContext camel() {
        return bean(CamelContext.class);
    }

    @Override
    public void close() {
        application.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder route() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("lvagrpc:127.0.0.1:{{extension.port}}").routeId(ROUTE)
                            .filter(simple("{{extension.broken}}")).throwException(new IllegalStateException("no model")).end()
                            .setBody(exchange -> Inference.newBuilder()
                                    .setClassification(Classification.newBuilder().setTag(Tag.newBuilder().setValue("seen")))
                                    .build());
                }
            };
        }
    }
}
