package io.github.camellva.grpc.springboot;

import io.github.camellva.video.LvaVideoComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Sets the options of the component lvavideo, where the application has it, as the application's properties say. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnClass(name = "io.github.camellva.video.LvaVideoComponent")
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({ "camel.component", LvaVideoComponentConfiguration.PREFIX })
@EnableConfigurationProperties({ ComponentConfigurationProperties.class, LvaVideoComponentConfiguration.class })
public class LvaVideoComponentAutoConfiguration {

    /** Lazy, since the Camel context asks for customizers when it makes the component. */
    @Lazy
    @Bean
    public ComponentCustomizer configureLvaVideoComponent(
            CamelContext camelContext, LvaVideoComponentConfiguration configuration, Environment environment) {
        return ComponentCustomizer.builder(LvaVideoComponent.class)
                .withCondition((name, component) -> HierarchicalPropertiesEvaluator.evaluate(
                        environment, "camel.component.customizer", LvaVideoComponentConfiguration.PREFIX + ".customizer"))
                .build(component -> CamelPropertiesHelper.copyProperties(camelContext, configuration, component));
    }
}
