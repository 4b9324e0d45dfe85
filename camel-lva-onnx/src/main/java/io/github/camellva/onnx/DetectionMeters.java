package io.github.camellva.onnx;

import io.github.camellva.onnx.model.StageTimes;
import org.apache.camel.CamelContext;

/** Shows elsewhere what is counted. */
interface DetectionMeters {

    DetectionMeters NONE = new DetectionMeters() {

        @Override
        public void computed(String model, StageTimes times, int found) {
            // nowhere else
        }

        @Override
        public void failed() {
            // nowhere else
        }
    };

    /** A frame was looked at. */
    void computed(String model, StageTimes times, int found);

    /** A frame was not looked at. */
    void failed();

    /** Nothing when Micrometer is missing, or Camel has no registry of it. */
    static DetectionMeters of(CamelContext context, String endpoint) {
        return context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null
                ? NONE
                : MicrometerMeters.find(context, endpoint);
    }
}
