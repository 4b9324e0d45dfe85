package io.github.camellva.grpc.springboot;

import io.github.camellva.grpc.server.AddressException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/** Tells why a route cannot listen on its address, and what to do. */
public class AddressAnalyzer extends AbstractFailureAnalyzer<AddressException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AddressException cause) {
        return new FailureAnalysis(
                StringUtils.capitalize(cause.problem()),
                StringUtils.capitalize(cause.remedy()) + ". To have Camel try until the address is free, set"
                                                         + " camel.routecontroller.enabled=true",
                cause);
    }
}
