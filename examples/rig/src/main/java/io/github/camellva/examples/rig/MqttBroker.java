package io.github.camellva.examples.rig;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An MQTT broker in this JVM, for MQTT 3.1.1 and 5, that forgets everything when it is closed. */
public final class MqttBroker implements AutoCloseable {

    private final EmbeddedActiveMQ server;

    private MqttBroker(EmbeddedActiveMQ server) {
        this.server = server;
    }

    /** On a port that is free. */
    public static MqttBroker start() throws Exception {
        return start(0);
    }

    /** @param port of the loopback address; 0 takes any that is free */
    public static MqttBroker start(int port) throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                // it warns of queues without these
                .addAddressSetting("#", new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of("undeliverable"))
                        .setExpiryAddress(SimpleString.of("expired")))
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT"));
        server.start();
        return new MqttBroker(server);
    }

    public int port() {
        return ((NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor("mqtt")).getActualPort();
    }

    /** As MQTT clients take it. */
    public String url() {
        return "tcp://127.0.0.1:" + port();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
