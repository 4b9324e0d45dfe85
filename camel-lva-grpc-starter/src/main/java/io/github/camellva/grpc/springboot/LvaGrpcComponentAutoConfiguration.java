package io.github.camellva.grpc.springboot;

import io.github.camellva.grpc.LvaGrpcComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Sets the options of the component lvagrpc as the application's properties say. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({ "camel.component", LvaGrpcComponentConfiguration.PREFIX })
@EnableConfigurationProperties({ ComponentConfigurationProperties.class, LvaGrpcComponentConfiguration.class })
public class LvaGrpcComponentAutoConfiguration {

    /** Lazy, since the Camel context asks for customizers when it makes the component. */
    @Lazy
    @Bean
    public ComponentCustomizer configureLvaGrpcComponent(
            CamelContext camelContext, LvaGrpcComponentConfiguration configuration, Environment environment) {
        return ComponentCustomizer.builder(LvaGrpcComponent.class)
                .withCondition((name, component) -> HierarchicalPropertiesEvaluator.evaluate(
                        environment, "camel.component.customizer", LvaGrpcComponentConfiguration.PREFIX + ".customizer"))
                .build(component -> CamelPropertiesHelper.copyProperties(camelContext, configuration, component));
    }
}
