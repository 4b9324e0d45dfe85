package io.github.camellva.grpc.springboot;

import io.github.camellva.onnx.LvaOnnxComponent;
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

/** Sets the options of the component lvaonnx, where the application has it, as the application's properties say. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnClass(name = "io.github.camellva.onnx.LvaOnnxComponent")
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({ "camel.component", LvaOnnxComponentConfiguration.PREFIX })
@EnableConfigurationProperties({ ComponentConfigurationProperties.class, LvaOnnxComponentConfiguration.class })
public class LvaOnnxComponentAutoConfiguration {

    /** Lazy, since the Camel context asks for customizers when it makes the component. */
    @Lazy
    @Bean
    public ComponentCustomizer configureLvaOnnxComponent(
            CamelContext camelContext, LvaOnnxComponentConfiguration configuration, Environment environment) {
        return ComponentCustomizer.builder(LvaOnnxComponent.class)
                .withCondition((name, component) -> HierarchicalPropertiesEvaluator.evaluate(
                        environment, "camel.component.customizer", LvaOnnxComponentConfiguration.PREFIX + ".customizer"))
                .build(component -> CamelPropertiesHelper.copyProperties(camelContext, configuration, component));
    }
}
