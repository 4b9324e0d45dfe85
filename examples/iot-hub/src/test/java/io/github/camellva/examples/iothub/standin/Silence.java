package io.github.camellva.examples.iothub.standin;

import io.netty.handler.codec.mqtt.MqttMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** A hub that is not well: it takes everything and answers nothing. */
final class Silence implements MQTTInterceptor {

    private volatile boolean isKept;

    void keep() {
        isKept = true;
    }

    void end() {
        isKept = false;
    }

    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        return !isKept;
    }
}
