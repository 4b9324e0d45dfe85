package io.github.camellva.examples.scaleout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ConsumerGroupState;

/** The workers, as Kafka sees them: which of them has which partitions of the frames. */
final class Group {

    private static final String WORKERS = "lva-workers";
    private static final int MOST_ATTEMPTS = 300;

    private final String brokers;

    Group(String brokers) {
        this.brokers = brokers;
    }

    /**
     * Waits until so many workers share so many partitions.
     *
     * @return for people; empty when stopped before
     */
    String awaitShared(int workers, int partitions, CountDownLatch stop) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                Map<String, Integer> shares = shares(admin);
                if (shares.size() == workers && shares.values().stream().mapToInt(Integer::intValue).sum() == partitions
                        && (partitions < workers || !shares.containsValue(0))) {
                    return shares.entrySet().stream().map(share -> share.getKey() + " has " + share.getValue())
                            .collect(Collectors.joining(", "));
                }
                if (stop.await(100, TimeUnit.MILLISECONDS)) {
                    return "";
                }
            }
        }
        throw new IllegalStateException("the workers do not share the " + partitions + " partitions of " + Topics.FRAMES);
    }

    /** How many partitions each worker has; empty while they are being shared out. */
    private static Map<String, Integer> shares(Admin admin) throws InterruptedException, ExecutionException {
        ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(WORKERS))
                .describedGroups().get(WORKERS).get();
        Map<String, Integer> shares = new TreeMap<>();
        if (group.state() == ConsumerGroupState.STABLE) {
            for (MemberDescription member : group.members()) {
                shares.merge(member.clientId(), member.assignment().topicPartitions().size(), Integer::sum);
            }
        }
        return shares;
    }
}
