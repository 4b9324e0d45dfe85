package io.github.camellva.onnx;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Find objects in video frames with ONNX models, such as those of the YOLO family, by ONNX Runtime.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = LvaOnnxConstants.SCHEME, title = "LVA ONNX Model", syntax = "lvaonnx:model",
             producerOnly = true, remote = false, category = { Category.AI }, headersClass = LvaOnnxConstants.class)
public class LvaOnnxEndpoint extends DefaultEndpoint {

    @UriParam
    private final LvaOnnxConfiguration configuration;

    public LvaOnnxEndpoint(String uri, LvaOnnxComponent component, LvaOnnxConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new LvaOnnxProducer(this, DetectionOptions.of(configuration));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("from(\"lvaonnx:...\") is not possible: a model looks at frames that a route has;"
                                                + " use it with to(\"lvaonnx:...\")");
    }

    @Override
    public LvaOnnxComponent getComponent() {
        return (LvaOnnxComponent) super.getComponent();
    }

    public LvaOnnxConfiguration getConfiguration() {
        return configuration;
    }
}
