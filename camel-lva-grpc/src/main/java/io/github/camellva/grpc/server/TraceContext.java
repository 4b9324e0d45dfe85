package io.github.camellva.grpc.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.grpc.Metadata;

/** What a peer's tracer sends with a call (W3C Trace Context and Baggage). */
final class TraceContext {

    private static final List<String> NAMES = List.of("traceparent", "tracestate", "baggage");

    private TraceContext() {
    }

    static Map<String, String> of(Metadata headers) {
        Map<String, String> context = new HashMap<>();
        for (String name : NAMES) {
            String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
            if (value != null) {
                context.put(name, value);
            }
        }
        return context;
    }
}
