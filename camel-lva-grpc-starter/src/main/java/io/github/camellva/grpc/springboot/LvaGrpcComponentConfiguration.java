package io.github.camellva.grpc.springboot;

import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Options of the component, as {@code camel.component.lvagrpc.*}. Those that are not set stay as the component has them, or as
 * whoever made it a bean has set them.
 */
@ConfigurationProperties(prefix = LvaGrpcComponentConfiguration.PREFIX, ignoreUnknownFields = false)
public class LvaGrpcComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    public static final String PREFIX = "camel.component.lvagrpc";

    /**
     * Whether failures of a consumer outside of a route go to the route's error handler.
     */
    private Boolean bridgeErrorHandler;

    /**
     * Whether producers start with their first message rather than with the route.
     */
    private Boolean lazyStartProducer;

    /**
     * Whether options that are marked so are filled with the only bean of their type.
     */
    private Boolean autowiredEnabled;

    /**
     * How many pipelines (pairs of graph instance and graph node) of an endpoint have meters of their own; those of more are
     * counted together under the name other.
     */
    private Integer maxMeteredPipelines;

    /**
     * Whether consumers have health checks.
     */
    private Boolean healthCheckConsumerEnabled;

    /**
     * Whether producers have health checks; they are asked when camel.health.producers-enabled is set, too.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * Whether TLS is as Camel's global SSL context parameters say, where an endpoint says nothing of it.
     */
    private Boolean useGlobalSslContextParameters;

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public Integer getMaxMeteredPipelines() {
        return maxMeteredPipelines;
    }

    public void setMaxMeteredPipelines(Integer maxMeteredPipelines) {
        this.maxMeteredPipelines = maxMeteredPipelines;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
