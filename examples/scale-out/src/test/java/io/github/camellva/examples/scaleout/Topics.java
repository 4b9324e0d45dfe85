package io.github.camellva.examples.scaleout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.examples.rig.UsageException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that gateways and workers meet in. Those that are not there are made; those that are stay as they are. */
final class Topics {

    /** Frames of all cameras, from gateways to workers. Key: the camera. */
    static final String FRAMES = "lva-frames";
    /** What was found, as CloudEvents, for anybody. Key: the camera. */
    static final String RESULTS = "lva-results";
    /** Frames that no worker can make anything of, with the reason in a header. Key: the camera. */
    static final String REJECTED = "lva-rejected";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String brokers;

    Topics(String brokers) {
        this.brokers = brokers;
    }

    /** Answers to the frames of one gateway. Key: the frame. */
    static String answersTo(String gateway) {
        return "lva-answers-" + gateway;
    }

    /** @param partitions more than there will ever be workers: a partition is worked on by one of them at a time */
    void ensureFrames(int partitions) throws Exception {
        // nobody reads a frame that is older than this; what was found in it is kept by the topic of results
        ensure(topic(FRAMES, partitions, Map.of("retention.ms", millis(Duration.ofHours(1)))));
    }

    void ensureResults(int partitions) throws Exception {
        ensure(topic(RESULTS, partitions, Map.of()), topic(REJECTED, 1, Map.of()));
    }

    /** An answer is read at once or never: the gateway does not wait longer. */
    void ensureAnswersTo(String gateway) throws Exception {
        String kept = millis(Duration.ofMinutes(1));
        ensure(topic(answersTo(gateway), 1, Map.of("retention.ms", kept, "segment.ms", kept)));
    }

    private void ensure(NewTopic... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            for (NewTopic topic : topics) {
                ensure(admin, topic);
            }
        }
    }

    private void ensure(Admin admin, NewTopic topic) throws Exception {
        try {
            if (!exists(admin, topic.name())) {
                admin.createTopics(List.of(topic)).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new UsageException("-Dbrokers=" + brokers + ": no Kafka broker has answered there for "
                                     + TIMEOUT.toSeconds() + " s; host:port is accepted, several with commas between");
        } catch (ExecutionException e) {
            // another process was faster
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + topic.name() + " cannot be made", e.getCause());
            }
        }
    }

    /** Asked first, since one who may not make topics may use them. */
    private static boolean exists(Admin admin, String topic) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        // as many copies as the broker makes by default
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
