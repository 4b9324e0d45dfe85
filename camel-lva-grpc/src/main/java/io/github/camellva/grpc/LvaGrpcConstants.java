package io.github.camellva.grpc;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** Names of headers. A consumer sets them on each frame; a producer reads the same. */
public final class LvaGrpcConstants {

    public static final String SCHEME = "lvagrpc";

    @Metadata(label = "consumer", description = "Unique identifier of the session that the frame belongs to.",
              javaType = "String")
    public static final String SESSION_ID = "CamelLvaGrpcSessionId";
    @Metadata(description = "Sequence number of the frame in its session; after a producer, of the answered frame.",
              javaType = "Long")
    public static final String SEQUENCE_NUMBER = "CamelLvaGrpcSequenceNumber";
    @Metadata(description = "When the frame was taken, in ticks; divide it by the timescale to get seconds.",
              javaType = "Long")
    public static final String TIMESTAMP = "CamelLvaGrpcTimestamp";
    @Metadata(description = "Ticks per second of timestamps; 90000 with Azure's pipelines.",
              javaType = "Integer")
    public static final String TIMESCALE = "CamelLvaGrpcTimescale";
    @Metadata(description = "Name of the pipeline (graph instance), usually one per camera.",
              javaType = "String")
    public static final String GRAPH_INSTANCE_NAME = "CamelLvaGrpcGraphInstanceName";
    @Metadata(description = "Name of the extension node in the pipeline.", javaType = "String")
    public static final String GRAPH_NODE_NAME = "CamelLvaGrpcGraphNodeName";
    @Metadata(description = "Azure Resource Manager id of the account that the pipeline belongs to.",
              javaType = "String")
    public static final String MEDIA_SERVICES_ARM_ID = "CamelLvaGrpcMediaServicesArmId";
    @Metadata(description = "What the pipeline's author tells this extension, for instance which model to use.",
              javaType = "String")
    public static final String EXTENSION_CONFIGURATION = "CamelLvaGrpcExtensionConfiguration";
    @Metadata(description = "Encoding of the picture: RAW, JPG, BMP or PNG.", javaType = "String")
    public static final String ENCODING = "CamelLvaGrpcEncoding";
    @Metadata(description = "Pixel format of a RAW picture: RGB24, BGR24, YUV420P, and so on; NONE for encoded"
                            + " pictures.",
              javaType = "String")
    public static final String PIXEL_FORMAT = "CamelLvaGrpcPixelFormat";
    @Metadata(description = "Width of the picture, in pixels.", javaType = "Integer")
    public static final String WIDTH = "CamelLvaGrpcWidth";
    @Metadata(description = "Height of the picture, in pixels.", javaType = "Integer")
    public static final String HEIGHT = "CamelLvaGrpcHeight";
    @Metadata(description = "Bytes from the start of one row to the start of the next, including padding; for YUV420P, of"
                            + " the luma plane.",
              javaType = "Integer")
    public static final String STRIDE_BYTES = "CamelLvaGrpcStrideBytes";
    @Metadata(label = "consumer", description = "How the picture came: embedded, sharedMemory, or none for a sample without one.",
              javaType = "String")
    public static final String DATA_TRANSFER = "CamelLvaGrpcDataTransfer";
    @Metadata(description = "What earlier nodes of the pipeline found in the frame; absent when there is nothing.",
              javaType = "java.util.List<io.github.camellva.proto.Inference>")
    public static final String INFERENCES = "CamelLvaGrpcInferences";
    @Metadata(label = "consumer", description = "Address and port of the node.", javaType = "String")
    public static final String REMOTE_ADDRESS = "CamelLvaGrpcRemoteAddress";
    @Metadata(label = "consumer",
              description = "Media type of the body: image/jpeg, image/png, image/bmp or application/octet-stream.",
              javaType = "String")
    public static final String CONTENT_TYPE = Exchange.CONTENT_TYPE;

    @Metadata(label = "producer",
              description = "What became of the frame: answered if the extension processed it, whatever it found;"
                            + " notProcessed if the extension only acknowledged it, because it failed or was skipped there;"
                            + " sampledOut if it was not sent.",
              javaType = "String")
    public static final String OUTCOME = "CamelLvaGrpcOutcome";

    @Metadata(label = "producer",
              description = "Whether the sample was not sent, because of maximumSamplesPerSecond or skipSamplesWithoutAnnotation.",
              javaType = "Boolean")
    public static final String SAMPLED_OUT = "CamelLvaGrpcSampledOut";

    @Metadata(label = "consumer",
              description = "Name of the edge module that runs the pipeline, for the subject of events. Nodes do not send it; a"
                            + " route may set it before a data type turns the frame into an event. avaedge by default.",
              javaType = "String")
    public static final String EDGE_MODULE = "CamelLvaGrpcEdgeModule";

    private LvaGrpcConstants() {
    }
}
