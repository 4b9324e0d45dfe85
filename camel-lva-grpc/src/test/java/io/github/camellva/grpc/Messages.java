package io.github.camellva.grpc;

import java.util.List;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What nodes send, for tests. */
public final class Messages {

    /** A RAW BGR24 frame of {@link #rawDescriptor()}: 4 x 2 pixels. */
    public static final int FRAME_BYTES = 24;

    private Messages() {
    }

    public static MediaStreamDescriptor.Builder rawDescriptor() {
        return rawDescriptor(PixelFormat.BGR24, 4, 2, 0);
    }

    public static MediaStreamDescriptor.Builder rawDescriptor(PixelFormat pixelFormat, int width, int height, int stride) {
        return descriptor(VideoFrameSampleFormat.newBuilder().setEncoding(Encoding.RAW).setPixelFormat(pixelFormat)
                .setStrideBytes(stride).setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height)));
    }

    public static MediaStreamDescriptor.Builder encodedDescriptor(Encoding encoding) {
        return descriptor(VideoFrameSampleFormat.newBuilder().setEncoding(encoding)
                .setDimensions(Dimensions.newBuilder().setWidth(640).setHeight(360)));
    }

    public static MediaStreamDescriptor.Builder descriptor(VideoFrameSampleFormat.Builder format) {
        return MediaStreamDescriptor.newBuilder()
                .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("camera-1")
                        .setGraphNodeName("extension").setMediaServicesArmId("/subscriptions/s/account"))
                .setExtensionConfiguration("model=yolo")
                .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(90000).setVideoFrameSampleFormat(format));
    }

    public static MediaStreamDescriptor.Builder inferencesOnlyDescriptor() {
        return MediaStreamDescriptor.newBuilder().setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(1000));
    }

    public static SharedMemoryBufferTransferProperties memory(String handleName, long lengthBytes) {
        return SharedMemoryBufferTransferProperties.newBuilder().setHandleName(handleName).setLengthBytes(lengthBytes).build();
    }

    public static MediaStreamMessage message(long number, MediaStreamDescriptor.Builder descriptor) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaStreamDescriptor(descriptor).build();
    }

    public static MediaStreamMessage message(long number, MediaSample.Builder sample) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaSample(sample).build();
    }

    public static MediaSample.Builder sample(long timestamp) {
        return MediaSample.newBuilder().setTimestamp(timestamp);
    }

    public static MediaSample.Builder embedded(long timestamp, byte[] content) {
        return sample(timestamp).setContentBytes(ContentBytes.newBuilder().setBytes(ByteString.copyFrom(content)));
    }

    public static MediaSample.Builder reference(long timestamp, long offset, long length) {
        return sample(timestamp).setContentReference(
                ContentReference.newBuilder().setAddressOffset(offset).setLengthBytes(length));
    }

    /** Bytes that differ from one another and from those of another seed. */
    public static byte[] pixels(int length, int seed) {
        byte[] pixels = new byte[length];
        for (int i = 0; i < length; i++) {
            pixels[i] = (byte) (i * 31 + seed);
        }
        return pixels;
    }

    public static Inference entity(String tag) {
        return Inference.newBuilder().setType(InferenceType.ENTITY)
                .setEntity(Entity.newBuilder()
                        .setTag(Tag.newBuilder().setValue(tag).setConfidence(0.5f))
                        .setBox(Rectangle.newBuilder().setL(0).setT(0.25f).setW(0.5f).setH(0.75f)))
                .build();
    }

    public static List<String> tags(MediaStreamMessage answer) {
        return answer.getMediaSample().getInferencesList().stream().map(inference -> inference.getEntity().getTag().getValue())
                .toList();
    }
}
