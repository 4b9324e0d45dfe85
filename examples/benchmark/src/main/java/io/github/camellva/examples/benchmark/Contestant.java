package io.github.camellva.examples.benchmark;

import java.util.Locale;

/** A server that is measured. All do the same work for a frame: {@link Inspection}. */
enum Contestant {

    /** grpc-java without Camel, on the threads of the network: the limit. */
    BARE_DIRECT("bare, direct") {
        @Override
        Server start() throws Exception {
            return BareServer.direct();
        }
    },
    /** grpc-java without Camel, as everybody writes it. */
    BARE_DEFAULT("bare, default") {
        @Override
        Server start() throws Exception {
            return BareServer.byDefault();
        }
    },
    /** Camel's component for any gRPC service. */
    CAMEL_GRPC("camel-grpc") {
        @Override
        Server start() throws Exception {
            return CamelGrpcServer.start();
        }

        @Override
        boolean takes(Load load) {
            // its routes see messages without the session they belong to, and so cannot know whose memory to read
            return !load.transfer().isShared();
        }
    },
    LVAGRPC_JAVA("lvagrpc, Java") {
        @Override
        Server start() throws Exception {
            return LvaGrpcServer.ofJavaRoute();
        }
    },
    LVAGRPC_YAML("lvagrpc, YAML") {
        @Override
        Server start() throws Exception {
            return LvaGrpcServer.ofYamlRoute();
        }
    };

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    /** For people. */
    String label() {
        return label;
    }

    /** As options name it. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Starts it in this process. */
    abstract Server start() throws Exception;

    boolean takes(Load load) {
        return true;
    }
}
