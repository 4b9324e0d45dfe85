package io.github.camellva.examples.springboot;

import java.util.Properties;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose.
 *
 * @param seconds       how long cameras send
 * @param extensionPort where they send to; 0 for any that is free
 * @param serverPort    where health and metrics are; 0 for any that is free
 */
public record Settings(int cameras, int seconds, Pace pace, int extensionPort, int serverPort) {

    /** As many sessions as the detector remembers. */
    private static final int MOST_CAMERAS = 16;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_PORT = 65_535;

    /** Of {@code -Dcameras}, {@code -Dseconds}, {@code -Drealtime}, {@code -Dextension.port} and {@code -Dserver.port}. */
    public static Settings of(Properties properties) throws UsageException {
        Options options = new Options(properties);
        return new Settings(
                options.number("cameras", 3, MOST_CAMERAS), options.number("seconds", 5, MOST_SECONDS),
                options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED,
                port(options, "extension.port", 5001), port(options, "server.port", 8080));
    }

    private static int port(Options options, String name, int usual) throws UsageException {
        return options.text(name).isPresent() ? options.number(name, usual, MOST_PORT) : 0;
    }
}
