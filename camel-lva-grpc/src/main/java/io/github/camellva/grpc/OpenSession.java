package io.github.camellva.grpc;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.AnsweredFrame.Direction;
import io.github.camellva.grpc.stream.SessionReport;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * How an open session of a consumer or a producer is doing.
 *
 * @param direction     whether its frames are received or sent
 * @param address       of the endpoint, as {@link AnsweredFrame#address()}
 * @param peer          address and port
 * @param graphInstance as the node calls its pipeline; may be empty
 * @param graphNode     as the node calls the step in it; may be empty
 * @param format        of the frames, for people
 * @param dataTransfer  {@code embedded}, {@code sharedMemory} or {@code none}
 * @param frames        that have come, or were sent
 * @param answered      frames that were looked at
 * @param alone         frames that were acknowledged alone
 * @param aloneName     what that means to this party, for people
 * @param failed        frames whose processing failed, or that got no answer
 * @param lastMillis    from the beginning to the end of the last frame
 */
public record OpenSession(
        Direction direction, String address, String peer, String graphInstance, String graphNode, String format, String dataTransfer,
        long frames, long answered, long alone, String aloneName, long failed, double lastMillis) {

    /** Those of all consumers and producers of a context. */
    public static List<OpenSession> of(CamelContext context) {
        List<OpenSession> sessions = new ArrayList<>();
        for (Route route : context.getRoutes()) {
            if (route.getConsumer() instanceof LvaGrpcConsumer consumer) {
                consumer.sessionReports().forEach(
                        report -> sessions.add(of(Direction.RECEIVED, consumer.getEndpoint().getServiceUrl(), report)));
            }
        }
        for (String name : context.getComponentNames()) {
            if (context.hasComponent(name) instanceof LvaGrpcComponent component) {
                for (LvaGrpcProducer producer : component.producers()) {
                    producer.sessionReports().forEach(
                            report -> sessions.add(of(Direction.SENT, producer.getEndpoint().getServiceUrl(), report)));
                }
            }
        }
        return sessions;
    }

    private static OpenSession of(Direction direction, String address, SessionReport report) {
        return new OpenSession(
                direction, address, report.peer(), report.graphInstance(), report.graphNode(), report.format(),
                report.transfer().label(), report.samples(), report.answered(), report.acknowledgedAlone(), report.alone().words(),
                report.failed(), report.lastMillis());
    }
}
