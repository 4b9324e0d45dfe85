package io.github.camellva.grpc.springboot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Tells which property of {@code camel.component.lvagrpc} there is not, and which there are. */
@Order(UnknownPropertyAnalyzer.BEFORE_THOSE_OF_BOOT)
public class UnknownPropertyAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    static final int BEFORE_THOSE_OF_BOOT = 0;

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(LvaGrpcComponentConfiguration.PREFIX);

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        List<ConfigurationProperty> unknown = cause.getUnboundProperties().stream()
                .filter(property -> PREFIX.isAncestorOf(property.getName())).toList();
        return unknown.isEmpty() ? null : new FailureAnalysis(description(unknown), action(), cause);
    }

    private static String description(List<ConfigurationProperty> unknown) {
        return unknown.stream()
                .map(property -> property.getName() + " (" + property.getOrigin() + ") is no property of the component lvagrpc")
                .collect(Collectors.joining("\n"));
    }

    private static String action() {
        return "Accepted are:\n" + accepted().map(name -> "    " + PREFIX + "." + name).collect(Collectors.joining("\n"))
               + "\nThey are for all endpoints; the URI of a route overrides them, for instance lvagrpc:0.0.0.0:5001?maxInFlight=4";
    }

    private static Stream<String> accepted() {
        return Stream.concat(
                Stream.of(BeanUtils.getPropertyDescriptors(LvaGrpcComponentConfiguration.class))
                        .filter(property -> property.getWriteMethod() != null)
                        .map(property -> dashed(property.getName())),
                Stream.of("customizer.enabled")).sorted();
    }

    /** {@code maxInFlight} as {@code max-in-flight}. */
    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
