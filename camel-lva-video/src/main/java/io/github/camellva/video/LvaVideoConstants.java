package io.github.camellva.video;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** Names of headers: those that {@code lvagrpc:} reads. */
public final class LvaVideoConstants {

    public static final String SCHEME = "lvavideo";

    @Metadata(description = "Number of the frame in the route, from 1.", javaType = "Long")
    public static final String SEQUENCE_NUMBER = LvaGrpcConstants.SEQUENCE_NUMBER;
    @Metadata(description = "When the frame was taken, in ticks since 1970; divide it by the timescale to get seconds. It grows from frame to frame.",
              javaType = "Long")
    public static final String TIMESTAMP = LvaGrpcConstants.TIMESTAMP;
    @Metadata(description = "Ticks per second of timestamps: 90000.", javaType = "Integer")
    public static final String TIMESCALE = LvaGrpcConstants.TIMESCALE;
    @Metadata(description = "The option graphInstanceName.", javaType = "String")
    public static final String GRAPH_INSTANCE_NAME = LvaGrpcConstants.GRAPH_INSTANCE_NAME;
    @Metadata(description = "The option graphNodeName.", javaType = "String")
    public static final String GRAPH_NODE_NAME = LvaGrpcConstants.GRAPH_NODE_NAME;
    @Metadata(description = "The option extensionConfiguration.", javaType = "String")
    public static final String EXTENSION_CONFIGURATION = LvaGrpcConstants.EXTENSION_CONFIGURATION;
    @Metadata(description = "Encoding of the picture: RAW or JPG.", javaType = "String")
    public static final String ENCODING = LvaGrpcConstants.ENCODING;
    @Metadata(description = "Pixel format of a RAW picture: BGR24, RGB24 or YUV420P; NONE for JPG.", javaType = "String")
    public static final String PIXEL_FORMAT = LvaGrpcConstants.PIXEL_FORMAT;
    @Metadata(description = "Width of the picture, in pixels.", javaType = "Integer")
    public static final String WIDTH = LvaGrpcConstants.WIDTH;
    @Metadata(description = "Height of the picture, in pixels.", javaType = "Integer")
    public static final String HEIGHT = LvaGrpcConstants.HEIGHT;
    @Metadata(description = "Bytes from the start of one row to the start of the next; for YUV420P, of the luma plane.", javaType = "Integer")
    public static final String STRIDE_BYTES = LvaGrpcConstants.STRIDE_BYTES;
    @Metadata(description = "Media type of the body: image/jpeg or application/octet-stream.", javaType = "String")
    public static final String CONTENT_TYPE = Exchange.CONTENT_TYPE;

    private LvaVideoConstants() {
    }
}
