package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/** Converts pictures with the JDK alone. */
final class JdkPictures implements PictureConverter {

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) throws FrameException {
        RawPixels.encode(scaling.draw(PictureCodec.decode(picture, from)), to, frame);
    }

    @Override
    public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException {
        return PictureCodec.encodeJpg(scaling.draw(PictureCodec.decode(picture, from)), quality);
    }
}
