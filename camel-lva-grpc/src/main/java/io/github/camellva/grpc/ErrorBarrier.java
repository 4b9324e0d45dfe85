package io.github.camellva.grpc;

import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.stream.Failures;
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
 * Turns an {@link Error} in a step of a route into a failure of its exchange. Camel catches exceptions only, and calls what comes after
 * a step in a {@code finally}: a step that ran out of memory would pass for done, and on a thread of the route's own, behind
 * {@code threads} for instance, the frame would never be acknowledged.
 */
final class ErrorBarrier implements InterceptStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorBarrier.class);
    /** Where frames come from, and where their routes continue. */
    private static final Set<String> SCHEMES = Set.of(LvaGrpcConstants.SCHEME, "direct", "kamelet", "seda");

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return isFrameRoute(definition) ? new GuardedStep(target) : target;
    }

    /** Whether frames come this way; also of a step of such a route. */
    static boolean isFrameRoute(NamedNode definition) {
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
            Passage passage = new Passage(exchange, callback);
            try {
                return passage.returned(super.process(exchange, passage));
            } catch (Throwable e) {
                return passage.failed(e);
            }
        }
    }

    /**
     * An exchange's way through a step. What comes after the step is called once, and not before the step has returned if that is
     * on the same thread: only then is it known whether the step has failed.
     */
    private static final class Passage implements AsyncCallback {

        private final Exchange exchange;
        private final AsyncCallback next;
        private final Thread thread = Thread.currentThread();
        /** Both are confined to the thread. */
        private boolean inside = true;
        private boolean doneInside;
        @GuardedBy("this")
        private boolean over;

        Passage(Exchange exchange, AsyncCallback next) {
            this.exchange = exchange;
            this.next = next;
        }

        @Override
        public void done(boolean doneSync) {
            if (Thread.currentThread() == thread && inside) {
                doneInside = true;
            } else {
                goOn(doneSync);
            }
        }

        boolean returned(boolean doneSync) {
            inside = false;
            if (doneInside) {
                goOn(doneSync);
            }
            return doneSync;
        }

        boolean failed(Throwable failure) {
            inside = false;
            if (end()) {
                exchange.setException(Failures.describable(failure));
                next.done(true);
            } else {
                LOG.warn("A step of route {} failed after it was done: {}", exchange.getFromRouteId(), Failures.describe(failure));
            }
            return true;
        }

        private void goOn(boolean doneSync) {
            if (end()) {
                describeFailure();
                next.done(doneSync);
            }
        }

        /** Camel logs what it is given, and would lose the exchange if that failed. */
        private void describeFailure() {
            Exception failure = exchange.getException();
            if (failure != null && !Failures.isDescribable(failure)) {
                exchange.setException(Failures.describable(failure));
            }
        }

        private synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }
    }
}
