package io.github.camellva.grpc;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an {@link Error} in a step of a route into a failure of its exchange. Camel catches exceptions only: an Error on one of
 * the route's own threads, behind {@code threads} for instance, would end that thread, and the frame would never be
 * acknowledged.
 */
final class ErrorBarrier implements InterceptStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorBarrier.class);
    /** Where frames come from, and where their routes continue. */
    private static final Set<String> SCHEMES = Set.of(LvaGrpcConstants.SCHEME, "direct", "kamelet");

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return isFrameRoute(definition) ? new GuardedStep(target) : target;
    }

    private static boolean isFrameRoute(NamedNode definition) {
        for (NamedNode node = definition; node != null; node = node.getParent()) {
            if (node instanceof NamedRoute route) {
                String url = route.getEndpointUrl();
                return url != null && SCHEMES.contains(url.replaceFirst("[:?].*", ""));
            }
        }
        return false;
    }

    private static final class GuardedStep extends DelegateAsyncProcessor {

        GuardedStep(Processor step) {
            super(step);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            AtomicBoolean called = new AtomicBoolean();
            try {
                return super.process(exchange, doneSync -> {
                    called.set(true);
                    callback.done(doneSync);
                });
            } catch (Error e) {
                if (called.get()) {
                    // the exchange has moved on to another step
                    LOG.warn("A step of route {} failed after it was done", exchange.getFromRouteId(), e);
                    return false;
                }
                exchange.setException(e);
                callback.done(true);
                return true;
            }
        }
    }
}
