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
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Option;

/** Several cameras, a route that publishes what it finds in their frames, and a subscriber that checks what arrives. */
public final class CamerasToMqtt extends Example<Summary> {

    private static final long SUBSCRIBE_MILLIS = 5_000;
    private static final long ARRIVE_MILLIS = 3_000;
    /** Frames wait for a broker that is down as long as it takes, so nodes must wait, too. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofHours(1);
    private static final int SECONDS_BETWEEN_PROGRESS = 5;
    /** How long frames in flight have to be answered when the example is stopped. */
    private static final int GRACE_SECONDS = 10;

    @Option(names = "-Dbroker", description = "the URL of a broker is accepted, for instance -Dbroker=tcp://localhost:1883")
    @OptionReader.Matching("(tcp|ssl|ws|wss)://[^/:@]+(:[0-9]+)?(/.*)?")
    String broker;

    @Option(names = "-Ddelivery")
    Delivery delivery = Delivery.AT_LEAST_ONCE;

    /** At most as many sessions as the detector remembers a frame of. */
    @Option(names = "-Dcameras")
    @OptionReader.WholeNumber(to = 16, example = 3)
    int cameras = 3;

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(to = 1_000_000, example = 150)
    int frames = 150;

    @Option(names = "-Drealtime", arity = "1")
    boolean realtime = true;

    private final Console console;
    private final Answers answers;
    private final BrokerWatch watch;

    CamerasToMqtt(PrintStream out) {
        this.console = new Console(out);
        this.answers = new Answers(console);
        this.watch = new BrokerWatch(console);
    }

    public static void main(String[] args) {
        launch(() -> OptionReader.read(new CamerasToMqtt(System.out), System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        console.line("starting", "a subscriber, the route and the cameras");
        if (broker != null) {
            console.line("broker", broker + ", topics " + Topics.ALL);
            return run(broker, stop);
        }
        try (MqttBroker embedded = MqttBroker.start()) {
            console.line("broker", embedded.url() + ", embedded, topics " + Topics.ALL);
            return run(embedded.url(), stop);
        }
    }

    private Summary run(String url, CountDownLatch stop) throws Exception {
        try (CamelContext node = new DefaultCamelContext()) {
            Cameras sending = new Cameras(node, cameras, answers, stop);
            Inbox inbox = new Inbox(sending.names(), console);
            try (Subscriber subscriber = Subscriber.start(url, inbox::arrived);
                    RunningRoutes routes = MqttRoutes.start(delivery, url, watch)) {
                String extension = "lvagrpc:" + routes.address(MqttRoutes.EXTENSION);
                describe(subscriber, extension);
                send(sending, routes, extension, inbox, stop);
                if (subscriber.isSubscribed()) {
                    inbox.await(answers.withInferences() - watch.discarded(), ARRIVE_MILLIS);
                }
            }
            return summarize(sending, inbox);
        }
    }

    private void describe(Subscriber subscriber, String extension) throws InterruptedException {
        if (!subscriber.awaitSubscribed(SUBSCRIBE_MILLIS)) {
            console.line("broker", "cannot be reached yet by the subscriber, which goes on trying");
        }
        console.line("extension", extension + ", " + delivery.routes());
        console.line("cameras", cameras + " of them, " + frames + " frames each, "
                                + (realtime ? "25 per second" : "as fast as they are answered"));
    }

    /** Returns when every frame is answered, or will not be. */
    private void send(Cameras sending, RunningRoutes routes, String extension, Inbox inbox, CountDownLatch stop)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "Cameras"));
        try {
            String uri = extension + "?responseTimeout=" + RESPONSE_TIMEOUT.toMillis();
            Future<?> running = thread.submit(() -> {
                sending.run(uri, frames, realtime ? Pace.REALTIME : Pace.UNLIMITED);
                return null;
            });
            int stopping = 0;
            for (int seconds = 1; !isDone(running); seconds++) {
                if (stop.getCount() > 0) {
                    tellProgress(seconds, sending, inbox);
                } else if (watch.isFailing() || ++stopping == GRACE_SECONDS) {
                    console.line("stopping", "the extension, with frames that wait for the broker");
                    routes.close();
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /** Waits for it, a second at most. */
    private static boolean isDone(Future<?> running) throws Exception {
        try {
            running.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void tellProgress(int seconds, Cameras sending, Inbox inbox) {
        if (seconds % SECONDS_BETWEEN_PROGRESS == 0) {
            console.line("progress", sending.counts().answered() + " of " + sending.sent() + " frames answered, "
                                     + inbox.arrived() + " documents arrived");
        }
    }

    private Summary summarize(Cameras sending, Inbox inbox) {
        Summary summary = new Summary(
                sending.counts(), answers.withInferences(), inbox.arrived(), inbox.again(), inbox.wrong(), watch.discarded());
        console.summary(summary.lines());
        return summary;
    }
}
