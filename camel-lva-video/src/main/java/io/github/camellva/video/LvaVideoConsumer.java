package io.github.camellva.video;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.video.ffmpeg.FfmpegInput;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.VideoInput;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Plays a source into its route. */
public class LvaVideoConsumer extends DefaultConsumer {

    private final InputSettings settings;
    private ExecutorService thread;
    private volatile boolean stopped;

    LvaVideoConsumer(LvaVideoEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.settings = VideoOptions.input(endpoint.getConfiguration());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopped = false;
        thread = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "LvaVideo");
        thread.execute(this::play);
    }

    @Override
    protected void doStop() throws Exception {
        stopped = true;
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(thread);
        super.doStop();
    }

    private void play() {
        long number = 0;
        try (VideoInput input = FfmpegInput.open(settings, () -> stopped, System::nanoTime)) {
            while (!stopped && input.next()) {
                process(input.picture(), ++number, input.presentationMicros().orElse(0));
            }
        } catch (Exception e) {
            getExceptionHandler().handleException(e);
        }
    }

    private void process(Picture picture, long number, long micros) throws Exception {
        Exchange exchange = createExchange(true);
        exchange.getMessage().setBody(ByteBuffer.wrap(picture.bytes()).asReadOnlyBuffer());
        exchange.getMessage().setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, number);
        exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, micros * 9 / 100);
        exchange.getMessage().setHeader(LvaGrpcConstants.TIMESCALE, 90_000);
        exchange.getMessage().setHeader(LvaGrpcConstants.ENCODING, picture.format().encoding().name());
        exchange.getMessage().setHeader(LvaGrpcConstants.PIXEL_FORMAT, picture.format().pixelFormat().name());
        exchange.getMessage().setHeader(LvaGrpcConstants.WIDTH, picture.format().width());
        exchange.getMessage().setHeader(LvaGrpcConstants.HEIGHT, picture.format().height());
        exchange.getMessage().setHeader(LvaGrpcConstants.STRIDE_BYTES, picture.format().strideBytes());
        exchange.getMessage().setHeader(LvaGrpcConstants.CONTENT_TYPE, picture.format().contentType());
        getProcessor().process(exchange);
    }
}
