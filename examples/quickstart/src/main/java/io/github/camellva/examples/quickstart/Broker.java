package io.github.camellva.examples.quickstart;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An MQTT broker in this JVM, on a port that was free, that forgets everything when it is closed. */
final class Broker implements AutoCloseable {

    private final EmbeddedActiveMQ server;

    private Broker(EmbeddedActiveMQ server) {
        this.server = server;
    }

    static Broker start() throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                // it warns of queues without these
                .addAddressSetting("#", new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of("undeliverable"))
                        .setExpiryAddress(SimpleString.of("expired")))
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:0?protocols=MQTT"));
        server.start();
        return new Broker(server);
    }

    /** As MQTT clients take it. */
    String url() {
        NettyAcceptor acceptor = (NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor("mqtt");
        return "tcp://127.0.0.1:" + acceptor.getActualPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
