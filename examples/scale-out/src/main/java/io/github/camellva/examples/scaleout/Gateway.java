package io.github.camellva.examples.scaleout;

import java.util.Optional;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;

/** Takes frames from nodes, puts them into Kafka, and answers. It keeps nothing: nodes may go to any gateway at any time. */
final class Gateway extends Member {

    private final GatewaySettings settings;
    private final GatewayReport report;
    private final PendingAnswers answers;

    Gateway(GatewaySettings settings, Console console, Optional<Parent> parent) {
        super(console, parent);
        this.settings = settings;
        this.report = new GatewayReport(console);
        this.answers = new PendingAnswers(settings.answerTimeout());
    }

    @Override
    void addRoutes(CamelContext context) throws Exception {
        Topics topics = new Topics(settings.brokers());
        topics.ensureFrames(settings.partitions());
        topics.ensureAnswersTo(settings.name());
        context.addRoutes(new GatewayRoutes(settings, answers, report));
    }

    @Override
    String running(CamelContext context) {
        int port = ((LvaGrpcConsumer) context.getRoute(GatewayRoutes.FRAMES).getConsumer()).getPort();
        String host = settings.listen().substring(0, settings.listen().lastIndexOf(':'));
        return "lvagrpc:" + host + ":" + port + ", frames are answered " + switch (settings.answer()) {
            case RESULT -> "with what workers find in them";
            case AT_ONCE -> "when Kafka has them";
        };
    }

    @Override
    String finished() {
        return report.summary();
    }
}
