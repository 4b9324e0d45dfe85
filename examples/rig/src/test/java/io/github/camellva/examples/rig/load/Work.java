package io.github.camellva.examples.rig.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.apache.camel.model.RouteDefinition;

/** What an extension's route does with a frame before it answers. */
public enum Work {

    NONE {
        @Override
        void addTo(RouteDefinition route) {
            // there is nothing to add
        }
    },
    /** Takes longer than a camera takes for the next frame. */
    SLOW {
        private static final long MILLIS = 60;

        @Override
        void addTo(RouteDefinition route) {
            route.delay(MILLIS).asyncDelayed();
        }
    },
    /** Writes it to a file in the directory {@value #DIRECTORY}, which fails when the disk is full. */
    STORE {
        @Override
        void addTo(RouteDefinition route) {
            Path directory = Path.of(System.getProperty(DIRECTORY));
            route.process(exchange -> store(directory, exchange.getMessage().getBody(ByteBuffer.class)));
        }

        private void store(Path directory, ByteBuffer frame) throws IOException {
            Path file = Files.createTempFile(directory, "frame", null);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            } finally {
                Files.delete(file);
            }
        }
    },
    /** Publishes something to the MQTT broker {@value #BROKER}, and waits until it has it. */
    PUBLISH {
        @Override
        void addTo(RouteDefinition route) {
            route.setProperty("frame").body()
                    .setBody().constant("a frame")
                    .to("paho-mqtt5:frames?qos=1&brokerUrl=" + System.getProperty(BROKER))
                    .setBody().exchangeProperty("frame");
        }
    };

    /** System properties of the extension's process. */
    public static final String DIRECTORY = "work.directory";
    public static final String BROKER = "work.broker";

    abstract void addTo(RouteDefinition route);
}
