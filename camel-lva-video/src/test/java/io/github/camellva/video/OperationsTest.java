package io.github.camellva.video;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see. */
@Timeout(60)
class OperationsTest {

    private static final String SOURCE = "lvavideo:lavfi:testsrc2=size=64x48:rate=25:duration=1";

    @Test
    void countsAreMetersWhileTheRouteIsStarted() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Watched watched = Watched.of(SOURCE)) {
            watched.context().getRegistry().bind("meters", registry);
            watched.context().start();
            watched.awaitState("ended");
            assertThat(registry.get("camel.lvavideo.frames").tag("outcome", "completed").tag("routeId", Watched.ROUTE).functionCounter().count())
                    .isEqualTo(25);
            assertThat(registry.get("camel.lvavideo.playing").gauge().value()).isZero();
            watched.context().stop();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void framesComeAfterOneWhoseReportHasFailed() throws Exception {
        try (Watched watched = Watched.of(SOURCE + "?exceptionHandler=#reports")) {
            AtomicInteger frames = new AtomicInteger();
            watched.context().getCamelContextExtension().addContextPlugin(UnitOfWorkFactory.class, exchange -> {
                if (frames.incrementAndGet() == 1) {
                    throw new IllegalStateException("no unit of work");
                }
                return new DefaultUnitOfWork(exchange);
            });
            watched.context().getRegistry().bind("reports", (ReportsFail) (message, exchange, failure) -> {
                throw new IllegalStateException("no report");
            });
            watched.context().start();
            watched.awaitState("ended");
            assertThat(watched.seen()).hasSize(24);
            assertThat(watched.consumer().getFramesFailed()).isEqualTo(1);
        }
    }

    /** A handler with one method to implement. */
    @FunctionalInterface
    private interface ReportsFail extends ExceptionHandler {

        @Override
        default void handleException(Throwable exception) {
            handleException(null, null, exception);
        }

        @Override
        default void handleException(String message, Throwable exception) {
            handleException(message, null, exception);
        }
    }

    @Test
    void theConsoleShowsEverySource() throws Exception {
        try (Watched watched = Watched.start(SOURCE)) {
            watched.awaitState("ended");
            LvaVideoDevConsole console = new LvaVideoDevConsole();
            console.setCamelContext(watched.context());
            JsonObject source = (JsonObject) ((JsonArray) console.doCallJson(Map.of()).get("sources")).get(0);
            assertThat(source).containsEntry("routeId", Watched.ROUTE).containsEntry("state", "ended").containsEntry("completed", 25L);
            assertThat(console.doCallText(Map.of())).contains("testsrc2", "25 decoded, 25 completed");
        }
    }

    @Test
    void theConsumerIsAnMBean() throws Exception {
        try (Watched watched = Watched.start(SOURCE)) {
            watched.awaitState("ended");
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = server.queryNames(new ObjectName("org.apache.camel:context=" + watched.context().getName() + ",type=consumers,*"), null)
                    .iterator().next();
            assertThat(server.getAttribute(name, "SourceState")).isEqualTo("ended");
            assertThat(server.getAttribute(name, "FramesCompleted")).isEqualTo(25L);
        }
    }
}
