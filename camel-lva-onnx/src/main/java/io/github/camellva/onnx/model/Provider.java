package io.github.camellva.onnx.model;

import java.util.Set;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;

/** What computes a model. */
public enum Provider {

    CPU(OrtProvider.CPU, "") {
        @Override
        void add(SessionOptions options, String device) {
            // is there anyway
        }
    },

    CUDA(OrtProvider.CUDA, "com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime, and NVIDIA's CUDA and cuDNN") {
        @Override
        void add(SessionOptions options, String device) throws OrtException {
            options.addCUDA(device == null ? 0 : number(device));
        }
    },

    OPENVINO(OrtProvider.OPEN_VINO, "a build of ONNX Runtime for Java with OpenVINO in place of onnxruntime") {
        @Override
        void add(SessionOptions options, String device) throws OrtException {
            options.addOpenVINO(device == null ? "CPU" : device);
        }
    };

    private final OrtProvider provider;
    private final String wants;

    Provider(OrtProvider provider, String wants) {
        this.provider = provider;
        this.wants = wants;
    }

    /** @throws IllegalArgumentException if ONNX Runtime was built without it, saying what brings it */
    void addTo(SessionOptions options, String device) throws OrtException {
        Set<OrtProvider> available = OrtEnvironment.getAvailableProviders();
        if (!available.contains(provider)) {
            throw new IllegalArgumentException("this ONNX Runtime has no execution provider " + this + ", only " + available
                                               + "; bring " + wants);
        }
        add(options, device);
    }

    abstract void add(SessionOptions options, String device) throws OrtException;

    private static int number(String device) {
        try {
            return Integer.parseInt(device);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("device is '" + device + "'; CUDA takes the number of a GPU, counted from 0", e);
        }
    }
}
