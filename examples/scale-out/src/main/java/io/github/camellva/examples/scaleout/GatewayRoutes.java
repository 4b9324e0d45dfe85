package io.github.camellva.examples.scaleout;

import org.apache.camel.ShutdownRoute;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** From nodes into Kafka, and from Kafka back to the nodes. */
final class GatewayRoutes extends RouteBuilder {

    static final String FRAMES = "frames";

    private final GatewaySettings settings;
    private final PendingAnswers answers;
    private final GatewayReport report;

    GatewayRoutes(GatewaySettings settings, PendingAnswers answers, GatewayReport report) {
        this.settings = settings;
        this.answers = answers;
        this.report = report;
    }

    @Override
    public void configure() {
        errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false));
        // Kafka has the frame, so that it may be acknowledged, if without inferences.
        onException(NoAnswerException.class).handled(true).process(report::unanswered);

        switch (settings.answer()) {
            case RESULT -> answerWithResult();
            case AT_ONCE -> answerAtOnce();
        }
    }

    private void answerWithResult() {
        // The topic is this gateway's own, and read from its beginning: what comes before the group is formed is not missed.
        // It listens for answers as long as there are frames that wait for them.
        from("kafka:" + Topics.answersTo(settings.name()) + "?brokers=" + settings.brokers()
             + "&autoOffsetReset=earliest&autoCommitEnable=false&pollTimeoutMs=500").routeId("answers")
                .shutdownRoute(ShutdownRoute.Defer)
                .process(answers::answer);

        frames()
                .setHeader(FrameRecord.ANSWER_TOPIC, constant(Topics.answersTo(settings.name())))
                .process(answers::expect)
                .to(frameTopic())
                .process(answers)
                .process(report::answered);
    }

    private void answerAtOnce() {
        frames()
                .to(frameTopic())
                .process(report::answered);
    }

    private RouteDefinition frames() {
        // poolSize=1: one thread hands frames to Kafka, so that those of a camera are stored in their order. It waits for none.
        // onFailure=close: what goes wrong in spite of all, such as a missing right to write, is not to go unseen.
        // maxMessageSize: what Kafka would refuse is refused here, and the node is told why.
        return from("lvagrpc:" + settings.listen() + "?encodings=JPG&maxInFlight=8&poolSize=1&onFailure=close&maxMessageSize="
                    + GatewaySettings.LARGEST_FRAME).routeId(FRAMES)
                .process(FrameRecord::describe);
    }

    /** While Kafka is away frames wait, in their order, in the producer's memory, and gRPC's flow control holds the nodes. */
    private String frameTopic() {
        return "kafka:" + Topics.FRAMES + "?brokers=" + settings.brokers()
               + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer"
               // stored by all replicas that are in sync; what is sent again is neither doubled nor out of order
               + "&requestRequiredAcks=all&enableIdempotence=true"
               // for ever: a frame that fails is acknowledged, if only to end its session, and Kafka would not have it
               + "&deliveryTimeoutMs=2147483647&maxBlockMs=2147483647&requestTimeoutMs=5000"
               // at least maxInFlight frames of every session
               + "&bufferMemorySize=67108864&producerBatchSize=262144";
    }
}
