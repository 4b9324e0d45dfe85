package io.github.camellva.examples.iothub;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.OptionReader.Matching;
import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;
import picocli.CommandLine.Option;

/** What the user chose. */
final class Settings {

    private static final int SECONDS_OF_TOKEN_OF_STAND_IN = 4;

    @Option(names = "-DconnectionString")
    private String connectionString;

    @Option(names = "-DtrustedCertificates")
    private String trustedCertificates;

    @Option(names = "-Dcertificate")
    private String certificate;

    @Option(names = "-Dkey")
    private String key;

    @Option(names = "-Doutput")
    private String output;

    @Option(names = "-Dqos", description = "IoT Hub ends connections on which QoS 2 comes; accepted are 0, 1")
    @Matching("[01]")
    private String qos = "1";

    @Option(names = "-DtokenSeconds")
    @WholeNumber(to = 86_400, example = 3600)
    private Integer tokenSeconds;

    @Option(names = "-DkeepAliveSeconds")
    @WholeNumber(to = 1177, example = 60)
    private int keepAliveSeconds = (int) HubSettings.DEFAULT_KEEP_ALIVE.toSeconds();

    @Option(names = "-Dport")
    @WholeNumber(to = 65_535, example = HubSettings.AZURE_PORT)
    private int port = HubSettings.AZURE_PORT;

    @Option(names = "-Dcameras")
    @WholeNumber(to = 16, example = 2)
    private int cameras = 2;

    @Option(names = "-Dframes")
    @WholeNumber(to = 1_000_000, example = 250)
    private int frames = 250;

    @Option(names = "-Drealtime", arity = "1")
    private boolean realtime = true;

    private Optional<ConnectionString> device;
    private SSLSocketFactory tls;

    /** Of system properties, and of the environment what the runtime of IoT Edge and Microsoft's SDK take from it. */
    static Settings of(Properties properties, Map<String, String> environment) throws UsageException {
        Settings settings = OptionReader.read(new Settings(), properties);
        settings.device = device(settings.connectionString, environment);
        settings.checkOutput();
        settings.tls = settings.tls(environment);
        return settings;
    }

    /** Whom to connect as, and where; empty for a device of the stand-in hub. */
    Optional<ConnectionString> device() {
        return device;
    }

    /** Of the hub. */
    int port() {
        return port;
    }

    /** Of a module, by which an edge hub routes. */
    Optional<String> output() {
        return Optional.ofNullable(output);
    }

    int qos() {
        return Integer.parseInt(qos);
    }

    /** Whom to trust, and what to show. */
    SSLSocketFactory tls() {
        return tls;
    }

    /** How long a token is valid. */
    Duration tokenLife() {
        if (tokenSeconds != null) {
            return Duration.ofSeconds(tokenSeconds);
        }
        return device.isPresent() ? HubSettings.DEFAULT_TOKEN_LIFE : Duration.ofSeconds(SECONDS_OF_TOKEN_OF_STAND_IN);
    }

    Duration keepAlive() {
        return Duration.ofSeconds(keepAliveSeconds);
    }

    int cameras() {
        return cameras;
    }

    /** Of each camera. */
    int frames() {
        return frames;
    }

    Pace pace() {
        return realtime ? Pace.REALTIME : Pace.UNLIMITED;
    }

    private static Optional<ConnectionString> device(String chosen, Map<String, String> environment) throws UsageException {
        Optional<String> text = Optional.ofNullable(chosen)
                .or(() -> Optional.ofNullable(environment.get("EdgeHubConnectionString")))
                .or(() -> Optional.ofNullable(environment.get("IotHubConnectionString")));
        try {
            return text.map(ConnectionString::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void checkOutput() throws UsageException {
        if (output != null && device.filter(ConnectionString::isModule).isEmpty()) {
            throw new UsageException("-Doutput=" + output + ": only modules have outputs; accepted with ModuleId=... in the"
                                     + " connection string");
        }
    }

    private SSLSocketFactory tls(Map<String, String> environment) throws UsageException {
        if ((certificate == null) != (key == null)) {
            throw new UsageException(
                    "-Dcertificate=FILE and -Dkey=FILE belong together: a device's certificate and its key, in PEM");
        }
        String trusted = trustedCertificates != null ? trustedCertificates : environment.get("EdgeModuleCACertificateFile");
        HubTls hubTls = new HubTls();
        try {
            if (trusted != null) {
                hubTls.trusting(Path.of(trusted));
            }
            if (certificate != null) {
                hubTls.showing(Path.of(certificate), Path.of(key));
            }
            return hubTls.socketFactory();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
