package io.github.camellva.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camellva.grpc.stream.Failures;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests for the page, the list of cameras, and their frames. */
public class LvaViewProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(LvaViewProducer.class);

    private static final String SEEN = "seen=";

    /** Endpoints of consumers that leave caching headers in the view's answers. */
    private final Set<Endpoint> passing = ConcurrentHashMap.newKeySet();

    LvaViewProducer(LvaViewEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public LvaViewEndpoint getEndpoint() {
        return (LvaViewEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        LiveView view = getEndpoint().view();
        letCachingHeadersPass(exchange.getFromEndpoint());
        if (view == null) {
            HttpAnswer.unavailable(exchange, "the live view has been stopped");
        } else if (VertxResponse.isOf(exchange.getMessage()) && VertxResponse.endIfUnread(exchange.getMessage())) {
            HttpAnswer.unavailable(exchange, "earlier answers over the same connection have not been read");
        } else if (!"GET".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class))) {
            HttpAnswer.methodNotAllowed(exchange);
        } else {
            Optional<RequestPath> path = RequestPath.of(exchange);
            if (path.isPresent() && path.get().name().equals("frames")) {
                return view.poll(exchange, seen(exchange, view), callback);
            }
            answer(exchange, view, path);
        }
        callback.done(true);
        return true;
    }

    private void letCachingHeadersPass(Endpoint from) {
        if (from == null || passing.contains(from)) {
            return;
        }
        synchronized (passing) {
            if (!passing.contains(from)) {
                CachingHeaders.pass(from);
                passing.add(from);
            }
        }
    }

    private void answer(Exchange exchange, LiveView view, Optional<RequestPath> path) {
        if (path.isEmpty()) {
            HttpAnswer.notFound(exchange);
        } else if (path.get().directory().isPresent()) {
            HttpAnswer.redirect(exchange, path.get().directory().get() + "/");
        } else if (path.get().name().equals("cameras")) {
            view.cameras().refresh();
            HttpAnswer.ok(exchange, HttpAnswer.JSON, CameraList.of(
                    getEndpoint().getTitle(),
                    view.cameras().sorted().stream().filter(camera -> mayWatch(exchange, camera)).toList(), view.cameras().left()));
        } else {
            PageFiles.PageFile file = PageFiles.find(path.get().name());
            if (file == null) {
                HttpAnswer.notFound(exchange);
            } else {
                HttpAnswer.ok(exchange, file.type(), file.body());
            }
        }
    }

    /** Of the cameras that the request names and may watch, the number of the frame that the viewer has. */
    private Map<Camera, Long> seen(Exchange exchange, LiveView view) {
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        Map<Camera, Long> seen = new LinkedHashMap<>();
        if (query.startsWith(SEEN)) {
            Poll.parse(query.substring(SEEN.length()), getEndpoint().getMaxCameras()).forEach((id, number) -> {
                Camera camera = view.cameras().find(id);
                if (camera != null && mayWatch(exchange, camera)) {
                    seen.put(camera, number);
                }
            });
        }
        return seen;
    }

    private boolean mayWatch(Exchange exchange, Camera camera) {
        CameraAccess access = getEndpoint().getCameraAccess();
        if (access == null) {
            return true;
        }
        try {
            return access.mayWatch(exchange, camera.key().graph());
        } catch (Exception e) {
            LOG.warn("{} refuses a camera, since its cameraAccess failed: {}", getEndpoint(), Failures.describe(e));
            return false;
        }
    }
}
