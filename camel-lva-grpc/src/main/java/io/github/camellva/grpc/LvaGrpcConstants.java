package io.github.camellva.grpc;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** Names of headers: those that a consumer sets on every frame are also those that a producer reads. */
public final class LvaGrpcConstants {

    public static final String SCHEME = "lvagrpc";

    @Metadata(label = "consumer", description = "Identifies the session that the frame came in; unique for every session.",
              javaType = "String")
    public static final String SESSION_ID = "CamelLvaGrpcSessionId";
    @Metadata(description = "The sequence number of the frame in its session; after a producer that of the frame that was answered.",
              javaType = "Long")
    public static final String SEQUENCE_NUMBER = "CamelLvaGrpcSequenceNumber";
    @Metadata(description = "When the frame was taken, in ticks; divided by the timescale it is seconds.",
              javaType = "Long")
    public static final String TIMESTAMP = "CamelLvaGrpcTimestamp";
    @Metadata(description = "Ticks per second of timestamps; 90000 with the pipelines of Azure.",
              javaType = "Integer")
    public static final String TIMESCALE = "CamelLvaGrpcTimescale";
    @Metadata(description = "The name of the pipeline (graph instance), usually one per camera.",
              javaType = "String")
    public static final String GRAPH_INSTANCE_NAME = "CamelLvaGrpcGraphInstanceName";
    @Metadata(description = "The name of the extension node in the pipeline.", javaType = "String")
    public static final String GRAPH_NODE_NAME = "CamelLvaGrpcGraphNodeName";
    @Metadata(description = "The Azure Resource Manager id of the account that the pipeline belongs to.",
              javaType = "String")
    public static final String MEDIA_SERVICES_ARM_ID = "CamelLvaGrpcMediaServicesArmId";
    @Metadata(description = "What the pipeline's author says to this extension, for instance which model to use.",
              javaType = "String")
    public static final String EXTENSION_CONFIGURATION = "CamelLvaGrpcExtensionConfiguration";
    @Metadata(description = "How the picture is encoded: RAW, JPG, BMP or PNG.", javaType = "String")
    public static final String ENCODING = "CamelLvaGrpcEncoding";
    @Metadata(description = "The order of the components of a RAW picture in memory: RGB24, BGR24, YUV420P, and so on; NONE for"
                            + " encoded pictures.",
              javaType = "String")
    public static final String PIXEL_FORMAT = "CamelLvaGrpcPixelFormat";
    @Metadata(description = "Pixels in a row.", javaType = "Integer")
    public static final String WIDTH = "CamelLvaGrpcWidth";
    @Metadata(description = "Rows.", javaType = "Integer")
    public static final String HEIGHT = "CamelLvaGrpcHeight";
    @Metadata(description = "Bytes from the start of one row to the start of the next, padding included; for YUV420P those of"
                            + " the luma plane.",
              javaType = "Integer")
    public static final String STRIDE_BYTES = "CamelLvaGrpcStrideBytes";
    @Metadata(label = "consumer", description = "How the picture came: embedded, sharedMemory, or none for a sample without one.",
              javaType = "String")
    public static final String DATA_TRANSFER = "CamelLvaGrpcDataTransfer";
    @Metadata(description = "What earlier nodes of the pipeline found in the frame; absent when there is"
                                                + " nothing.",
              javaType = "java.util.List<io.github.camellva.proto.Inference>")
    public static final String INFERENCES = "CamelLvaGrpcInferences";
    @Metadata(label = "consumer", description = "Address and port of the node.", javaType = "String")
    public static final String REMOTE_ADDRESS = "CamelLvaGrpcRemoteAddress";
    @Metadata(label = "consumer",
              description = "The media type of the body: image/jpeg, image/png, image/bmp or application/octet-stream.",
              javaType = "String")
    public static final String CONTENT_TYPE = Exchange.CONTENT_TYPE;

    @Metadata(label = "producer",
              description = "What the extension did with the frame: answered, when it was looked at, whatever was found; notProcessed,"
                            + " when it was acknowledged alone, since it failed or was skipped there.",
              javaType = "String")
    public static final String OUTCOME = "CamelLvaGrpcOutcome";

    @Metadata(label = "producer",
              description = "Whether the sample was not sent, because of maximumSamplesPerSecond or skipSamplesWithoutAnnotation.",
              javaType = "Boolean")
    public static final String SAMPLED_OUT = "CamelLvaGrpcSampledOut";

    @Metadata(label = "consumer",
              description = "The name of the edge module that runs the pipeline, for the subject of events: no node says it, so a"
                            + " route may set it before a data type makes an event of the frame; avaedge by default.",
              javaType = "String")
    public static final String EDGE_MODULE = "CamelLvaGrpcEdgeModule";

    private LvaGrpcConstants() {
    }
}
