package io.github.camellva.onnx;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** A frame that waits for a model. However it ends, its route goes on, once. */
final class FrameTask implements Runnable {

    /** Looks at the frame of an exchange, whose answer or exception it sets. */
    @FunctionalInterface
    interface Detector {
        void detect(Exchange exchange);
    }

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final Detector detector;

    FrameTask(Exchange exchange, AsyncCallback callback, Detector detector) {
        this.exchange = exchange;
        this.callback = callback;
        this.detector = detector;
    }

    @Override
    public void run() {
        try {
            detector.detect(exchange);
        } finally {
            callback.done(false);
        }
    }

    /** It is not looked at any more. */
    void abandon(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }
}
