package io.github.camellva.examples.iothub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.camellva.examples.iothub.device.HubListener;
import io.github.camellva.examples.iothub.standin.HubObserver;
import io.github.camellva.examples.iothub.standin.ReceivedMessage;

/** Remembers what both sides of a connection are told. */
public final class HubRecorder implements HubObserver, HubListener {

    private final Queue<ReceivedMessage> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Optional<Instant>> connections = new ConcurrentLinkedQueue<>();
    private final Queue<Instant> renewals = new ConcurrentLinkedQueue<>();
    private final Queue<String> losses = new ConcurrentLinkedQueue<>();

    public List<ReceivedMessage> received(String clientId) {
        return received.stream().filter(message -> message.clientId().equals(clientId)).toList();
    }

    /** In words, behind the client id. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    public List<Optional<Instant>> connections() {
        return List.copyOf(connections);
    }

    public List<Instant> renewals() {
        return List.copyOf(renewals);
    }

    public List<String> losses() {
        return List.copyOf(losses);
    }

    @Override
    public void received(ReceivedMessage message) {
        received.add(message);
    }

    @Override
    public void refused(String clientId, String why) {
        refusals.add(clientId + ": " + why);
    }

    @Override
    public void connected(Optional<Instant> tokenExpiry) {
        connections.add(tokenExpiry);
    }

    @Override
    public void renewed(Instant tokenExpiry) {
        renewals.add(tokenExpiry);
    }

    @Override
    public void disconnected(String why, Duration retryIn) {
        losses.add(why);
    }
}
