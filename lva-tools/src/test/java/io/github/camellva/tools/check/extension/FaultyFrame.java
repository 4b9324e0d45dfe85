package io.github.camellva.tools.check.extension;

import java.util.List;
import java.util.zip.CRC32;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaSample.ContentCase;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;

import static io.github.camellva.tools.check.extension.ExtensionFault.*;

/** What a small extension sees in a sample. */
final class FaultyFrame {

    private final FaultyExtension extension;
    private final SampleFormat format;
    private final FaultyMemory memory;
    private final MediaSample sample;
    private final byte[] content;

    FaultyFrame(FaultyExtension extension, SampleFormat format, FaultyMemory memory, MediaSample sample) {
        this.extension = extension;
        this.format = format;
        this.memory = memory;
        this.sample = sample;
        this.content = content();
    }

    boolean hasContent() {
        return sample.getContentCase() != ContentCase.CONTENT_NOT_SET;
    }

    boolean isToBeRefused() {
        int length = content == null ? 0 : content.length;
        return extension.has(REFUSES_FRAMES_THAT_ARE_TOO_LONG) && sample.hasContentBytes() && length > due()
                || extension.has(REFUSES_LONG_REFERENCES) && sample.getContentReference().getLengthBytes() > due()
                || extension.has(REFUSES_EMBEDDED_FRAMES_BESIDE_MEMORY) && memory != null && sample.hasContentBytes();
    }

    boolean isReadable() {
        if (sample.hasContentReference() && memory == null && extension.has(LOOKS_AT_REFERENCES_WITHOUT_MEMORY)) {
            return true;
        }
        if (content == null) {
            return !hasContent() && format == null;
        }
        int due = extension.has(IGNORES_THE_STRIDE) && format.isRaw() ? 1_000 : due();
        return content.length >= due && content.length > 0 || extension.has(LOOKS_AT_FRAMES_THAT_ARE_TOO_SHORT);
    }

    List<Inference> found(long samples) {
        if (extension.has(FINDS_NOTHING_IN_PARTICULAR)) {
            return List.of(Inference.newBuilder().setType(Inference.InferenceType.ENTITY).build());
        }
        CRC32 crc = new CRC32();
        if (content != null) {
            crc.update(content, 0, Math.min(content.length, Math.max(due(), 0)));
        }
        float scale = extension.has(GIVES_BOXES_IN_PIXELS) ? 64 : 1;
        return List.of(Inference.newBuilder()
                .setType(extension.has(GIVES_THE_WRONG_TYPE) ? Inference.InferenceType.MOTION : Inference.InferenceType.ENTITY)
                .setInferenceId(extension.has(REPEATS_AN_ID) ? "1" : String.valueOf(samples))
                .setEntity(Entity.newBuilder()
                        .setTag(Tag.newBuilder().setValue("frame " + crc.getValue())
                                .setConfidence(extension.has(GIVES_CONFIDENCES_IN_PERCENT) ? 50 : 0.5f))
                        .setBox(Rectangle.newBuilder().setL(0.25f * scale).setT(0.25f * scale).setW(0.5f * scale).setH(0.5f * scale)))
                .build());
    }

    private int due() {
        if (format == null || extension.has(CALCULATES_WITH_32_BITS)) {
            return 0;
        }
        return extension.has(TAKES_NO_STRIDE_FOR_ALIGNED_ROWS) && format.isRaw()
                ? (format.strideBytes() + 127) / 128 * 128 * format.height()
                : format.frameBytes();
    }

    /** Null when there is none. */
    private byte[] content() {
        if (sample.hasContentBytes()) {
            return sample.getContentBytes().getBytes().toByteArray();
        }
        if (!sample.hasContentReference() || memory == null) {
            return null;
        }
        ContentReference region = sample.getContentReference();
        long length = region.getLengthBytes();
        if (length > due() && format.isRaw()) {
            length = due();
        }
        return memory.read(region.getAddressOffset(), length);
    }
}
