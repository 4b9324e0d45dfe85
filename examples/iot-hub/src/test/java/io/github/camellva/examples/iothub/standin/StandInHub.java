package io.github.camellva.examples.iothub.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Not IoT Hub: an MQTT broker in this JVM that takes what IoT Hub takes, refuses what it refuses, and keeps nothing. It is here
 * so that the example runs without an account.
 */
public final class StandInHub implements AutoCloseable {

    private static final int KEY_BYTES = 32;

    private final String hostName;
    private final Path directory;
    private final StandInCertificate certificate;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final Expiries expiries;
    private final Admission admission;
    private final Silence silence = new Silence();

    private StandInHub(String hostName, Path directory, Clock clock, HubObserver observer) throws Exception {
        this.hostName = hostName;
        this.directory = directory;
        this.certificate = StandInCertificate.make(directory, "hub");
        this.expiries = new Expiries(observer, clock);
        this.admission = new Admission(hostName, observer, clock, expiries);
        broker.setSecurityManager(admission);
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setJMXManagementEnabled(false)
                // a second connection with a token must be asked for it, too
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                .addAddressSetting("#", new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of("undeliverable"))
                        .setExpiryAddress(SimpleString.of("expired"))
                        // every message has a topic of its own
                        .setAutoCreateAddresses(false))
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), acceptor(), "mqtt")));
        broker.start();
        broker.getActiveMQServer().getRemotingService().addIncomingInterceptor(new PacketRules(observer));
        broker.getActiveMQServer().getRemotingService().addOutgoingInterceptor(silence);
    }

    /**
     * On a free port of the loopback address.
     *
     * @param hostName that its devices know it by; another one than localhost when it stands in for an edge hub
     */
    public static StandInHub start(String hostName, HubObserver observer) throws Exception {
        return start(hostName, Clock.systemUTC(), observer);
    }

    /** @param clock by which tokens expire */
    public static StandInHub start(String hostName, Clock clock, HubObserver observer) throws Exception {
        Path directory = Files.createTempDirectory("stand-in-hub");
        try {
            return new StandInHub(hostName, directory, clock, observer);
        } catch (Exception e) {
            delete(directory);
            throw e;
        }
    }

    public int port() {
        return ((NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("mqtt")).getActualPort();
    }

    /** What clients must trust, in PEM. */
    public Path trustedCertificates() throws Exception {
        return certificate.certificatePem();
    }

    /** Makes a device known, and returns its connection string. */
    public String registerDevice(String deviceId) {
        return "HostName=" + hostName + ";DeviceId=" + deviceId + ";SharedAccessKey=" + register(deviceId);
    }

    /** Makes a module known, and returns its connection string. */
    public String registerModule(String deviceId, String moduleId) {
        return "HostName=" + hostName + ";DeviceId=" + deviceId + ";ModuleId=" + moduleId + ";SharedAccessKey="
               + register(deviceId + "/" + moduleId);
    }

    /** Makes a device known that shows this certificate in place of a token, and returns its connection string. */
    public String registerDevice(String deviceId, StandInCertificate ofDevice) {
        admission.register(deviceId, Thumbprint.of(ofDevice.certificate()));
        return "HostName=" + hostName + ";DeviceId=" + deviceId + ";x509=true";
    }

    /** Ends the connection of a device or module, as a hub may at any time. */
    public void endConnection(String clientId) {
        List<RemotingConnection> connections = broker.getActiveMQServer().getRemotingService().getConnections().stream()
                .filter(connection -> clientId.equals(connection.getClientID()))
                .toList();
        connections.forEach(connection -> connection.disconnect(false));
    }

    /** From now on it answers nothing, neither messages nor connections, until {@link #speak}. */
    public void keepSilent() {
        silence.keep();
    }

    public void speak() {
        silence.end();
    }

    @Override
    public void close() throws Exception {
        try {
            expiries.close();
            broker.stop();
        } finally {
            delete(directory);
        }
    }

    private String register(String clientId) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        admission.register(clientId, key);
        return Base64.getEncoder().encodeToString(key);
    }

    private Map<String, Object> acceptor() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, 0);
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.2");
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, certificate.store().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, certificate.password());
        parameters.put(TransportConstants.WANT_CLIENT_AUTH_PROP_NAME, true);
        parameters.put(TransportConstants.TRUST_MANAGER_FACTORY_PLUGIN_PROP_NAME, AnyCertificate.class.getName());
        return parameters;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
