package io.github.camellva.view;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camellva.grpc.AnsweredFrame;
import io.github.camellva.grpc.AnsweredFrame.Direction;
import io.github.camellva.grpc.OpenSession;

/**
 * What makes a camera: one step of one pipeline, at one endpoint.
 *
 * @param address of the endpoint
 * @param host    of the peer, for a pipeline without a name; otherwise empty
 */
record CameraKey(Direction direction, String address, String graph, String node, String host) {

    private static final int ID_BYTES = 6;

    static CameraKey of(AnsweredFrame frame) {
        return of(frame.direction(), frame.address(), frame.graph().getGraphInstanceName(), frame.graph().getGraphNodeName(),
                frame.peer());
    }

    static CameraKey of(OpenSession session) {
        return of(session.direction(), session.address(), session.graphInstance(), session.graphNode(), session.peer());
    }

    private static CameraKey of(Direction direction, String address, String graph, String node, String peer) {
        return new CameraKey(direction, address, graph, node, graph.isEmpty() ? peer.replaceFirst(":\\d+$", "") : "");
    }

    /** For people: the pipeline, or where its frames come from. */
    String name() {
        return graph.isEmpty() ? host : graph;
    }

    /** The same in every run, and fit for a URL. */
    String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] { direction.name(), address, graph, node, host }) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
