package io.github.camellva.video.ffmpeg;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceAddress.Kind;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.SourceException.Reason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Takes the packets of the video out of a file or stream. */
final class Demuxer implements AutoCloseable {

    /** FFmpeg would watch a stream for five seconds to guess its frame rate, which nobody needs. */
    private static final long LONGEST_ANALYSIS_MICROS = 1_000_000;
    /** Reading a file ends when it ends. */
    private static final Duration FOR_EVER = Duration.ofDays(365);
    /** A webcam is asked whether it has a frame. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(2);
    private static final int AGAIN = avutil.AVERROR_EAGAIN();
    private static final AVRational MICROS = new AVRational().num(1).den(1_000_000);

    private final SourceAddress address;
    private final Duration readTimeout;
    private Duration silence;
    private final boolean keyframesOnly;
    private final BooleanSupplier stopped;
    private final Interrupt interrupt;
    private final AVFormatContext context = avformat.avformat_alloc_context();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final SizeTPointer sideDataSize = new SizeTPointer(1);
    private AVStream stream;
    private AVRational timeBase;
    private boolean live;
    /** What to add to times of presentation to get the camera's; null before it has told. */
    private Long cameraOffsetMicros;

    private Demuxer(InputSettings settings, BooleanSupplier stopped, LongSupplier nanoTime) {
        this.address = settings.address();
        this.readTimeout = settings.readTimeout();
        this.silence = settings.connectTimeout();
        this.keyframesOnly = settings.decode() == DecodeMode.KEYFRAMES;
        this.stopped = stopped;
        this.interrupt = new Interrupt(stopped, nanoTime, settings.connectTimeout());
        interrupt.attach(context);
    }

    /** @param options of which the demuxer takes those that it knows */
    static Demuxer open(InputSettings settings, Options options, BooleanSupplier stopped, LongSupplier nanoTime)
            throws SourceException {
        Ffmpeg.load();
        Demuxer demuxer = new Demuxer(settings, stopped, nanoTime);
        try {
            demuxer.open(settings, options);
            return demuxer;
        } catch (Throwable e) {
            demuxer.close();
            throw e;
        }
    }

    AVStream stream() {
        return stream;
    }

    /** Whether it is happening now: what has a length was recorded. */
    boolean isLive() {
        return live;
    }

    /** The current packet, which the next one replaces. */
    AVPacket packet() {
        return packet;
    }

    /**
     * Reads the next packet of the video.
     *
     * @return false at the end of what was recorded
     */
    boolean next() throws SourceException {
        while (true) {
            // for each packet: keyframes may be further apart than a camera may be silent
            interrupt.allow(live ? silence : FOR_EVER);
            avcodec.av_packet_unref(packet);
            int result = read();
            if (result < 0) {
                return endedBy(result);
            }
            silence = readTimeout;
            if (packet.stream_index() == stream.index()) {
                noteCameraTime();
                if (!keyframesOnly || (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
                    return true;
                }
            }
        }
    }

    OptionalLong micros(long timestamp) {
        return timestamp == avutil.AV_NOPTS_VALUE ? OptionalLong.empty() : OptionalLong.of(avutil.av_rescale_q(timestamp, timeBase, MICROS));
    }

    /** When a frame was taken, by the camera's clock. */
    OptionalLong takenMicros(OptionalLong presentation) {
        return cameraOffsetMicros == null || presentation.isEmpty()
                ? OptionalLong.empty() : OptionalLong.of(presentation.getAsLong() + cameraOffsetMicros);
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        if (!context.isNull()) {
            avformat.avformat_close_input(context);
        }
        sideDataSize.deallocate();
        interrupt.close();
    }

    private int read() {
        int result = avformat.av_read_frame(context, packet);
        while (result == AGAIN && !interrupt.isDue()) {
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            result = avformat.av_read_frame(context, packet);
        }
        return result;
    }

    private void open(InputSettings settings, Options options) throws SourceException {
        context.max_analyze_duration(LONGEST_ANALYSIS_MICROS);
        if (address.kind() == Kind.WEBCAM) {
            // nothing would interrupt a call that waits for a webcam
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        requireOpened(settings, avformat.avformat_open_input(context, location(), format(), options.dictionary()));
        if (!isDescribed()) {
            requireOpened(settings, avformat.avformat_find_stream_info(context, (AVDictionary) null));
        }
        int best = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (best < 0) {
            throw Failure.noVideo(address);
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            context.streams(i).discard(i != best ? avcodec.AVDISCARD_ALL
                    : keyframesOnly ? avcodec.AVDISCARD_NONKEY : avcodec.AVDISCARD_DEFAULT);
        }
        stream = context.streams(best);
        timeBase = stream.time_base();
        live = address.kind().isLive() && !(address.kind() == Kind.HTTP && context.duration() > 0);
    }

    private void requireOpened(InputSettings settings, int result) throws SourceException {
        if (stopped.getAsBoolean()) {
            throw new SourceException(Reason.LOST, address + " was not opened: it is being stopped");
        }
        if (interrupt.hasExpired()) {
            throw Failure.noAnswer(address, settings.connectTimeout());
        }
        if (result < 0) {
            throw Failure.opening(address, result);
        }
    }

    /** Whether a camera has said enough of its stream to decode it; looking for more takes seconds. */
    private boolean isDescribed() {
        boolean described = false;
        for (int i = 0; i < context.nb_streams(); i++) {
            if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
                described = context.streams(i).codecpar().codec_id() != avcodec.AV_CODEC_ID_NONE;
            }
        }
        return described && address.kind() == Kind.RTSP;
    }

    /** As a URL, since FFmpeg takes what stands before a colon in a file's name for a protocol. */
    private String location() {
        return (address.kind() == Kind.FILE || address.kind() == Kind.DIRECTORY ? "file:" : "") + address.location();
    }

    private AVInputFormat format() {
        if (address.kind() != Kind.WEBCAM) {
            return null;
        }
        Ffmpeg.loadDevices();
        return avformat.av_find_input_format("v4l2");
    }

    private boolean endedBy(int result) throws SourceException {
        if (interrupt.hasExpired()) {
            throw silence.equals(readTimeout) ? Failure.silent(address, readTimeout) : Failure.noAnswer(address, silence);
        }
        if (live) {
            throw Failure.ended(address, result);
        }
        if (result != avutil.AVERROR_EOF) {
            throw Failure.unreadable(address, result);
        }
        return false;
    }

    /** RTSP cameras tell now and then what their clock shows; FFmpeg reckons it for each packet. */
    private void noteCameraTime() {
        if (packet.side_data_elems() == 0 || packet.pts() == avutil.AV_NOPTS_VALUE) {
            return;
        }
        BytePointer data = avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_PRFT, sideDataSize);
        if (data != null && !data.isNull()) {
            cameraOffsetMicros = new AVProducerReferenceTime(data).wallclock() - avutil.av_rescale_q(packet.pts(), timeBase, MICROS);
        }
    }
}
