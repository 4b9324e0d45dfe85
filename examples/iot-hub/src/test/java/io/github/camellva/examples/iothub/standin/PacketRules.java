package io.github.camellva.examples.iothub.standin;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** What IoT Hub allows of MQTT. A connection on which something else comes is ended. */
final class PacketRules implements MQTTInterceptor {

    private static final int MQTT_3_1_1 = 4;
    private static final int LONGEST_KEEP_ALIVE_SECONDS = 1177;
    private static final int MOST_BYTES = 256 * 1024;

    private final HubObserver observer;

    PacketRules(HubObserver observer) {
        this.observer = observer;
    }

    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        try {
            switch (packet.fixedHeader().messageType()) {
                case CONNECT -> check((MqttConnectMessage) packet);
                case PUBLISH -> observer.received(read((MqttPublishMessage) packet, connection.getClientID()));
                case SUBSCRIBE -> throw new RefusedException("a subscription, which this stand-in has nothing for");
                default -> {
                    // acknowledgements, pings and goodbyes
                }
            }
            return true;
        } catch (RefusedException e) {
            observer.refused(connection.getClientID(), e.getMessage());
            return false;
        }
    }

    private static void check(MqttConnectMessage connect) throws RefusedException {
        if (connect.variableHeader().version() != MQTT_3_1_1) {
            throw new RefusedException("MQTT of version " + connect.variableHeader().version() + ", in place of 4 for 3.1.1");
        }
        int keepAlive = connect.variableHeader().keepAliveTimeSeconds();
        if (keepAlive > LONGEST_KEEP_ALIVE_SECONDS) {
            throw new RefusedException("a keep-alive of " + keepAlive + " s, more than " + LONGEST_KEEP_ALIVE_SECONDS);
        }
    }

    private static ReceivedMessage read(MqttPublishMessage publish, String clientId) throws RefusedException {
        if (publish.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
            throw new RefusedException("QoS 2");
        }
        String topic = publish.variableHeader().topicName();
        String events = "devices/" + String.valueOf(clientId).replace("/", "/modules/") + "/messages/events/";
        if (!topic.startsWith(events)) {
            throw new RefusedException("the topic " + topic + ", in place of " + events);
        }
        String bag = topic.substring(events.length());
        int bytes = publish.payload().readableBytes() + bag.length();
        if (bytes > MOST_BYTES) {
            throw new RefusedException("a message of " + bytes + " bytes, more than " + MOST_BYTES);
        }
        Map<String, String> properties = PropertyBag.read(bag);
        return new ReceivedMessage(clientId, properties, publish.payload().toString(StandardCharsets.UTF_8), bytes);
    }
}
