package io.github.camellva.examples.scaleout;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/** From Kafka through the detector and back to Kafka: what was found for anybody, and the answer for the gateway. */
final class WorkerRoutes extends RouteBuilder {

    static final String FRAMES = "frames";
    /** Which worker has looked at a frame; in its result. */
    static final String WORKER = "lva-worker";

    private static final String PICTURE = "picture";
    private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

    private final WorkerSettings settings;
    private final Console console;

    WorkerRoutes(WorkerSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    @Override
    public void configure() {
        errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false));

        from(frameTopic()).routeId(FRAMES)
                .process(FrameRecord::restore)
                .setProperty(PICTURE, body())
                .doTry()
                    .process(new JpegDecoder())
                    .bean(settings.detector())
                // The next worker would fail as this one does: a frame that cannot be looked at is put aside and passed over.
                .doCatch(Exception.class)
                    .process(this::reject)
                    .to(producer(Topics.REJECTED) + "&valueSerializer=" + BYTES + "Serializer")
                    .setBody(constant(""))
                .end()
                .transformDataType("lvagrpc:kafka-cloudevents")
                // The result first, then the answer: what a node has been told can be read by others, too.
                .filter(body().isNotNull())
                    .setHeader(WORKER, constant(settings.name()))
                    .to(producer(Topics.RESULTS))
                .end()
                .filter(exchangeProperty(FrameRecord.ANSWER_TOPIC).isNotNull())
                    .setHeader(KafkaConstants.OVERRIDE_TOPIC, exchangeProperty(FrameRecord.ANSWER_TOPIC))
                    .setHeader(KafkaConstants.KEY).message(FrameRecord::id)
                    .to(producer("answers"))
                .end();
    }

    /**
     * Frames of a partition are taken one after the other. Their offset is committed when the route is done with them, which is
     * when Kafka has the result: a worker that dies leaves frames that are looked at twice, and none that is not.
     */
    private String frameTopic() {
        return "kafka:" + Topics.FRAMES + "?brokers=" + settings.brokers() + "&groupId=" + WorkerSettings.GROUP
               + "&clientId=" + settings.name() + "&consumersCount=" + settings.threads()
               + "&autoOffsetReset=earliest&valueDeserializer=" + BYTES + "Deserializer"
               // With this factory Camel commits after the last frame of each partition that a poll has brought, and goes on.
               + "&autoCommitEnable=false&allowManualCommit=true&kafkaManualCommitFactory=#class:"
               + "org.apache.camel.component.kafka.consumer.DefaultKafkaManualAsyncCommitFactory"
               // What fails now is a matter of Kafka: begin again at the last commit. Camel's defaults pass over records.
               + "&breakOnFirstError=true&pollOnError=RECONNECT"
               // The frames that one poll brings are worked on again if the worker dies, and hold up a move of partitions.
               + "&maxPollRecords=20&pollTimeoutMs=500"
               // A worker that is silent for so long is dead (6 s is the least that brokers accept by default) ...
               + "&sessionTimeoutMs=6000&heartbeatIntervalMs=1000"
               // ... and so is one that has not finished 20 frames in so long: several times what they take at worst.
               + "&maxPollIntervalMs=60000"
               // Workers that stay go on with their cameras while those of the dead one are given away.
               + "&partitionAssignor=org.apache.kafka.clients.consumer.CooperativeStickyAssignor";
    }

    /** A result is stored by all replicas that are in sync before the route goes on. */
    private String producer(String topic) {
        return "kafka:" + topic + "?brokers=" + settings.brokers() + "&synchronous=true&requestRequiredAcks=all"
               + "&enableIdempotence=true&requestTimeoutMs=5000&deliveryTimeoutMs=20000&maxBlockMs=20000";
    }

    /** The frame as it came, and the reason. */
    private void reject(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String failure = "frame " + FrameRecord.id(exchange.getMessage()) + " of "
                         + exchange.getMessage().getHeader(KafkaConstants.KEY, String.class) + " cannot be looked at: "
                         + cause.getMessage();
        console.line("rejected", failure);
        exchange.getMessage().setBody(exchange.getProperty(PICTURE));
        FrameRecord.describe(exchange);
        exchange.getMessage().setHeader(FrameRecord.FAILURE, failure);
    }
}
