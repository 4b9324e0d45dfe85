package io.github.camellva.examples.iothub;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;

/**
 * What the user chose.
 *
 * @param device    whom to connect as, and where; empty for a device of the stand-in hub
 * @param port      of the hub
 * @param output    of a module, by which an edge hub routes
 * @param qos       0 or 1
 * @param tls       whom to trust, and what to show
 * @param tokenLife in which a token is valid
 * @param frames    of each camera
 */
public record Settings(
        Optional<ConnectionString> device, int port, Optional<String> output, int qos, SSLSocketFactory tls,
        Duration tokenLife, Duration keepAlive, int cameras, int frames, Pace pace) {

    private static final int SECONDS_OF_TOKEN_OF_STAND_IN = 4;
    private static final int MOST_SECONDS_OF_TOKEN = 86_400;
    private static final int MOST_PORT = 65_535;
    private static final int MOST_CAMERAS = 16;
    private static final int MOST_FRAMES = 1_000_000;

    /** Of system properties, and of the environment what the runtime of IoT Edge and Microsoft's SDK take from it. */
    public static Settings of(Properties properties, Map<String, String> environment) throws UsageException {
        Options options = new Options(properties);
        Optional<ConnectionString> device = device(options, environment);
        return new Settings(
                device, options.number("port", HubSettings.AZURE_PORT, MOST_PORT), output(options, device), qos(options),
                tls(options, environment),
                Duration.ofSeconds(options.number("tokenSeconds", defaultTokenSeconds(device), MOST_SECONDS_OF_TOKEN)),
                Duration.ofSeconds(options.number(
                        "keepAliveSeconds", (int) HubSettings.DEFAULT_KEEP_ALIVE.toSeconds(),
                        (int) HubSettings.LONGEST_KEEP_ALIVE.toSeconds())),
                options.number("cameras", 2, MOST_CAMERAS), options.number("frames", 250, MOST_FRAMES),
                options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED);
    }

    private static Optional<ConnectionString> device(Options options, Map<String, String> environment) throws UsageException {
        Optional<String> text = options.text("connectionString")
                .or(() -> Optional.ofNullable(environment.get("EdgeHubConnectionString")))
                .or(() -> Optional.ofNullable(environment.get("IotHubConnectionString")));
        try {
            return text.map(ConnectionString::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static int defaultTokenSeconds(Optional<ConnectionString> device) {
        return device.isPresent() ? (int) HubSettings.DEFAULT_TOKEN_LIFE.toSeconds() : SECONDS_OF_TOKEN_OF_STAND_IN;
    }

    private static Optional<String> output(Options options, Optional<ConnectionString> device) throws UsageException {
        Optional<String> output = options.text("output");
        if (output.isPresent() && device.flatMap(known -> known.identity().moduleId()).isEmpty()) {
            throw new UsageException(
                    "-Doutput=" + output.get() + ": only modules have outputs; accepted with ModuleId=... in the connection"
                                     + " string");
        }
        return output;
    }

    private static int qos(Options options) throws UsageException {
        if (options.text("qos").filter("2"::equals).isPresent()) {
            throw new UsageException("-Dqos=2: IoT Hub ends connections on which QoS 2 comes; accepted are 0, 1");
        }
        return Integer.parseInt(options.choice("qos", "1", "0", "1"));
    }

    private static SSLSocketFactory tls(Options options, Map<String, String> environment) throws UsageException {
        HubTls tls = new HubTls();
        options.text("trustedCertificates")
                .or(() -> Optional.ofNullable(environment.get("EdgeModuleCACertificateFile")))
                .ifPresent(file -> tls.trusting(Path.of(file)));
        Optional<String> certificate = options.text("certificate");
        Optional<String> key = options.text("key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new UsageException(
                    "-Dcertificate=FILE and -Dkey=FILE belong together: a device's certificate and its key, in PEM");
        }
        certificate.ifPresent(file -> tls.showing(Path.of(file), Path.of(key.get())));
        try {
            return tls.socketFactory();
        } catch (IOException e) {
            throw new UsageException(describe(e));
        }
    }

    private static String describe(IOException e) {
        return e instanceof NoSuchFileException ? "there is no file " + e.getMessage() : e.getMessage();
    }
}
