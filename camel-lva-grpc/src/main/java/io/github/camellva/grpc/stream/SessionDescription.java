package io.github.camellva.grpc.stream;

import java.util.Map;
import java.util.Optional;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.GraphIdentifier;

/**
 * What the two parties of a session agreed on.
 *
 * @param id                     unique for every session of every extension
 * @param remoteAddress          of the node
 * @param graph                  which pipeline, and which step of it; its names may be empty
 * @param extensionConfiguration from the pipeline's author for this extension; may be empty
 * @param timescale              ticks per second of timestamps, as announced: 0 when the node did not say
 * @param format                 of the frames; absent when samples carry inferences only
 * @param traceContext           what a tracer of the node sent along; usually empty
 */
public record SessionDescription(
        String id, String remoteAddress, GraphIdentifier graph, String extensionConfiguration, int timescale,
        Optional<SampleFormat> format, Map<String, String> traceContext) {

    @Override
    public String toString() {
        return "session " + id + " of graph '" + Printable.of(graph.getGraphInstanceName()) + "' node '"
               + Printable.of(graph.getGraphNodeName()) + "' at " + remoteAddress;
    }
}
