package io.github.camellva.onnx;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import ai.onnxruntime.OrtException;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.onnx.detect.Wanted;
import io.github.camellva.onnx.model.LoadedModel;
import io.github.camellva.onnx.model.ModelException;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has models look at frames, on threads of its own: as many as frames are computed at once. */
@ManagedResource(description = "Managed LvaOnnxProducer")
public class LvaOnnxProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(LvaOnnxProducer.class);

    private final DetectionOptions options;
    private volatile ModelSet models;
    private volatile ExecutorService executor;

    LvaOnnxProducer(LvaOnnxEndpoint endpoint, DetectionOptions options) {
        super(endpoint);
        this.options = options;
    }

    @Override
    public LvaOnnxEndpoint getEndpoint() {
        return (LvaOnnxEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            detect(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private void detect(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ModelChoice choice = ModelChoice.of(message.getHeader(LvaGrpcConstants.EXTENSION_CONFIGURATION, String.class));
        LoadedModel model = models.get(choice.model());
        List<Inference> found = model.detect(IncomingFrame.of(message), options.wanted(), options.findings(), times -> { });
        message.setBody(found);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        models = ModelSet.load(options.path(), options.settings(), getEndpoint().getComponent().models(),
                getEndpoint().getComponent().getMaxModels());
    }

    @Override
    protected void doStop() throws Exception {
        if (models != null) {
            models.close();
            models = null;
        }
        super.doStop();
    }
}
