package io.github.camellva.examples.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.inference.InvalidInferenceException;

/**
 * Checks what arrives: a document with inferences, of a camera that is known, in the order in which its frames were taken. Safe
 * for use by many threads.
 */
final class Inbox {

    /** More than a broker has under way to a subscriber, and sends again when the connection was lost. */
    private static final int MOST_REMEMBERED = 1_000;

    private static final int MOST_CHARACTERS_SHOWN = 100;

    private final Map<String, String> cameraOfTopic;
    private final Console console;
    /** Timestamps of the last documents, by camera. */
    private final Map<String, NavigableSet<Long>> last = new HashMap<>();
    private long arrived;
    private long again;
    private long wrong;

    Inbox(List<String> cameras, Console console) {
        this.cameraOfTopic = cameras.stream().collect(Collectors.toMap(Topics::of, camera -> camera));
        this.console = console;
    }

    /** Topics of others are left alone. */
    synchronized void arrived(String topic, byte[] payload) {
        String camera = cameraOfTopic.get(topic);
        if (camera == null) {
            return;
        }
        try {
            check(camera, topic, InferenceDocument.parse(payload), payload);
        } catch (InvalidInferenceException e) {
            wrong(topic, e.getMessage());
        }
        notifyAll();
    }

    private void check(String camera, String topic, InferenceDocument document, byte[] payload) {
        NavigableSet<Long> before = last.computeIfAbsent(camera, name -> new TreeSet<>());
        if (document.inferences().isEmpty()) {
            wrong(topic, "a document without inferences");
        } else if (before.isEmpty() || before.last() < document.timestamp()) {
            remember(before, document.timestamp());
            arrived++;
            document("arrived", topic, payload);
        } else if (before.contains(document.timestamp())) {
            again++;
            document("again", topic, payload);
        } else {
            wrong(topic, "timestamp " + document.timestamp() + " after " + before.last());
        }
    }

    private void document(String about, String topic, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        console.line(about, topic + " " + Console.abbreviate(text, MOST_CHARACTERS_SHOWN));
    }

    private static void remember(NavigableSet<Long> timestamps, long timestamp) {
        timestamps.add(timestamp);
        if (timestamps.size() > MOST_REMEMBERED) {
            timestamps.pollFirst();
        }
    }

    private void wrong(String topic, String why) {
        wrong++;
        console.line("wrong", topic + " " + why);
    }

    /** Documents of different frames. */
    synchronized long arrived() {
        return arrived;
    }

    /** Documents of frames whose document had arrived before. */
    synchronized long again() {
        return again;
    }

    /** Whatever else came. */
    synchronized long wrong() {
        return wrong;
    }

    /** Waits until so many documents have arrived, but not for ever. */
    synchronized void await(long documents, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left;
        while (arrived < documents && (left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) > 0) {
            wait(left);
        }
    }
}
