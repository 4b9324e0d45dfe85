package io.github.camellva.examples.mqtt;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.Pace;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Several cameras, a route that publishes what it finds in their frames, and a subscriber that checks what arrives. */
public final class CamerasToMqtt extends Example<Summary> {

    private static final long SUBSCRIBE_MILLIS = 5_000;
    private static final long ARRIVE_MILLIS = 3_000;
    /** Frames wait for a broker that is down as long as it takes, so nodes must wait, too. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofHours(1);
    private static final int SECONDS_BETWEEN_PROGRESS = 5;
    /** How long frames in flight have to be answered when the example is stopped. */
    private static final int GRACE_SECONDS = 10;

    private final Settings settings;
    private final Report report;
    private final Answers answers;
    private final BrokerWatch watch;

    public CamerasToMqtt(Settings settings, PrintStream out) {
        this.settings = settings;
        this.report = new Report(out);
        this.answers = new Answers(report);
        this.watch = new BrokerWatch(report);
    }

    /** Settings are system properties: broker, delivery, cameras, frames and realtime. */
    public static void main(String[] args) {
        launch(() -> new CamerasToMqtt(Settings.of(System.getProperties()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        report.line("starting", "a subscriber, the route and the cameras");
        if (settings.broker().isPresent()) {
            report.line("broker", settings.broker().get() + ", topics " + Topics.ALL);
            return run(settings.broker().get(), stop);
        }
        try (MqttBroker broker = MqttBroker.start()) {
            report.line("broker", broker.url() + ", embedded, topics " + Topics.ALL);
            return run(broker.url(), stop);
        }
    }

    private Summary run(String broker, CountDownLatch stop) throws Exception {
        try (CamelContext node = new DefaultCamelContext()) {
            Cameras cameras = new Cameras(node, settings.cameras(), answers, stop);
            Inbox inbox = new Inbox(cameras.names(), report);
            try (Subscriber subscriber = Subscriber.start(broker, inbox::arrived);
                    MqttExtension extension = MqttExtension.start(settings.delivery(), broker, watch::addTo)) {
                describe(subscriber, extension);
                send(cameras, extension, inbox, stop);
                if (subscriber.isSubscribed()) {
                    inbox.await(answers.withInferences() - watch.discarded(), ARRIVE_MILLIS);
                }
            }
            return summarize(cameras, inbox);
        }
    }

    private void describe(Subscriber subscriber, MqttExtension extension) throws InterruptedException {
        if (!subscriber.awaitSubscribed(SUBSCRIBE_MILLIS)) {
            report.line("broker", "cannot be reached yet by the subscriber, which goes on trying");
        }
        report.line("extension", extension.uri() + ", " + settings.delivery().routes());
        report.line("cameras", settings.cameras() + " of them, " + settings.frames() + " frames each, "
                               + (settings.pace() == Pace.REALTIME ? "25 per second" : "as fast as they are answered"));
    }

    /** Returns when every frame is answered, or will not be. */
    private void send(Cameras cameras, MqttExtension extension, Inbox inbox, CountDownLatch stop) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "Cameras"));
        try {
            String uri = extension.uri() + "?responseTimeout=" + RESPONSE_TIMEOUT.toMillis();
            Future<?> sending = thread.submit(() -> {
                cameras.run(uri, settings.frames(), settings.pace());
                return null;
            });
            int stopping = 0;
            for (int seconds = 1; !isDone(sending); seconds++) {
                if (stop.getCount() > 0) {
                    progress(seconds, cameras, inbox);
                } else if (watch.isFailing() || ++stopping == GRACE_SECONDS) {
                    report.line("stopping", "the extension, with frames that wait for the broker");
                    extension.close();
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /** Waits for it, a second at most. */
    private static boolean isDone(Future<?> sending) throws Exception {
        try {
            sending.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void progress(int seconds, Cameras cameras, Inbox inbox) {
        if (seconds % SECONDS_BETWEEN_PROGRESS == 0) {
            report.line("progress", answers.answered() + " of " + cameras.sent() + " frames answered, " + inbox.arrived()
                                    + " documents arrived");
        }
    }

    private Summary summarize(Cameras cameras, Inbox inbox) {
        Summary summary = new Summary(
                cameras.sent(), cameras.leftOut(), answers.answered(), answers.failed(), answers.withInferences(),
                inbox.arrived(), inbox.again(), inbox.wrong(), watch.discarded());
        report.summary(summary);
        return summary;
    }
}
